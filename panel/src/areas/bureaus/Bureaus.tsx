import { Stack, Text, Title } from "@mantine/core";
import { usePerson } from "../../api/person";
import { Sections } from "../../ui/Sections";
import { InquiryList } from "./InquiryList";
import { InquiryReport } from "./InquiryReport";
import { InquiryScreen } from "./InquiryScreen";
import { IntegrationScreen } from "./IntegrationScreen";
import { Integrations } from "./Integrations";
import { NewInquiry } from "./NewInquiry";
import { NewIntegration } from "./NewIntegration";

const PARTS = [
  ["", "Consultas"],
  ["nova", "Nova consulta"],
  ["relatorio", "Relatório e custo"],
  ["integracoes", "Integrações"],
] as const;

export default function Bureaus({ path }: { path: readonly string[] }) {
  const { job } = usePerson();
  const [asked = "", which = "", detail = ""] = path;
  // Whoever looks after integrations alone reads no inquiry: it opens where there is something to see.
  const parts = job === "operator" ? PARTS.filter(([name]) => name === "integracoes") : PARTS;
  const current = asked === "" ? (parts[0]?.[0] ?? "") : asked;
  return (
    <Stack>
      <Title order={1}>Birôs</Title>
      <Sections label="Birôs" area="biros" current={current} parts={parts} />
      {current === "" && <InquiryList />}
      {current === "nova" && <NewInquiry />}
      {current === "consulta" && which && <InquiryScreen id={which} key={which} />}
      {current === "relatorio" && <InquiryReport />}
      {current === "integracoes" && which === "" && <Integrations />}
      {current === "integracoes" && which === "nova" && <NewIntegration branch={detail} key={detail} />}
      {current === "integracoes" && which !== "" && which !== "nova" && (
        <IntegrationScreen id={Number(which)} key={which} />
      )}
      {!["consulta", ...parts.map(([name]) => name)].includes(current) && <Text>Nada por aqui.</Text>}
    </Stack>
  );
}
