import { Checkbox, NativeSelect, PasswordInput, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import { formatDocument, readDocument } from "../../ui/format";
import { STATES } from "../../ui/states";
import type { Bureau } from "./setup";

export type Values = Record<string, unknown>;

type Props = {
  bureau: Bureau;
  values: Values;
  change: (values: Values) => void;
  /** Absent where secrets are replaced one by one. They are kept by the page alone, and in no draft. */
  secrets?: Record<string, string>;
  changeSecrets?: (secrets: Record<string, string>) => void;
};

/** The fields of a bureau's integrations, as the catalogue tells them. */
export function BureauFields({ bureau, values, change, secrets, changeSecrets }: Props) {
  const set = (name: string, value: unknown) => change({ ...values, [name]: value });
  const text = (name: string) => (typeof values[name] === "string" ? (values[name] as string) : "");
  const known = bureau.fields.filter((each) => secrets !== undefined || !each.secret);
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {known
          .filter((each) => each.kind !== "reports")
          .map((field) => {
            const shared = { label: field.label, required: field.required };
            if (field.secret) {
              return (
                <PasswordInput
                  key={field.name}
                  {...shared}
                  autoComplete="new-password"
                  value={secrets?.[field.name] ?? ""}
                  onChange={(event) =>
                    changeSecrets?.({ ...secrets, [field.name]: event.currentTarget.value })
                  }
                />
              );
            }
            if (field.kind === "flag") {
              return (
                <Switch
                  key={field.name}
                  label={field.label}
                  checked={values[field.name] === true}
                  onChange={(event) => set(field.name, event.currentTarget.checked)}
                />
              );
            }
            if (field.kind === "federal_unit") {
              return (
                <NativeSelect
                  key={field.name}
                  {...shared}
                  data={[{ value: "", label: "—" }, ...STATES]}
                  value={text(field.name)}
                  onChange={(event) => set(field.name, event.currentTarget.value)}
                />
              );
            }
            const document = field.kind === "cpf" || field.kind === "cnpj";
            return (
              <TextInput
                key={field.name}
                {...shared}
                value={document ? formatDocument(text(field.name)) : text(field.name)}
                onChange={(event) => {
                  const typed = event.currentTarget.value;
                  set(field.name, document ? readDocument(typed).slice(0, 14) : typed);
                }}
              />
            );
          })}
      </SimpleGrid>
      {known
        .filter((each) => each.kind === "reports")
        .map((field) => (
          <Checkbox.Group
            key={field.name}
            label={field.label}
            required={field.required}
            value={Array.isArray(values[field.name]) ? (values[field.name] as string[]) : []}
            onChange={(codes) => set(field.name, codes)}
          >
            <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs">
              {bureau.reports.map((each) => (
                <Checkbox
                  key={each.code}
                  value={each.code}
                  label={`${each.name} (${each.person === "legal" ? "empresas" : "pessoas"})`}
                  description={each.code}
                  className="fits"
                />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        ))}
    </Stack>
  );
}

/** What may be sent of the fields: what was left empty is left out. */
export function filled(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== "" && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
