import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";

export type Bureau = components["schemas"]["BureauView"];
export type Integration = components["schemas"]["IntegrationView"];
export type Choice = { value: string; label: string };

export function useBureaus() {
  const found = useQuery({
    queryKey: ["bureaus"],
    staleTime: 300_000,
    queryFn: () => ask(api.GET("/api/v1/bureaus")),
  });
  const bureaus = found.data?.data ?? [];
  const named = (code: string) => bureaus.find((each) => each.code === code)?.name ?? code;
  const reportNamed = (code: string, report: string) =>
    bureaus.find((each) => each.code === code)?.reports.find((each) => each.code === report)?.name ?? report;
  return { found, bureaus, named, reportNamed };
}

export function useIntegrations() {
  const found = useQuery({
    queryKey: ["integrations"],
    queryFn: () => ask(api.GET("/api/v1/bureau_integrations")),
  });
  return { found, integrations: found.data?.data ?? [] };
}

/** Reports that an integration may ask for about such a person: those of its contract, by their names. */
export function reportsOf(bureau: Bureau, integration: Integration, person: "natural" | "legal"): Choice[] {
  const contracted = integration.fields.reports;
  const codes = Array.isArray(contracted) ? contracted.map(String) : null;
  return bureau.reports
    .filter((each) => (codes === null || codes.includes(each.code)) && (each.person ?? person) === person)
    .map((each) => ({ value: each.code, label: each.name }));
}

export function featuresOf(bureau: Bureau, integration: Integration, person: "natural" | "legal"): string[] {
  const published = person === "natural" ? bureau.natural_features : bureau.legal_features;
  const { features } = integration;
  if (features === null) return published;
  return published.length > 0 ? published.filter((each) => features.includes(each)) : features;
}
