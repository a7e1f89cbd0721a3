import { Stack, Text, Title } from "@mantine/core";
import { usePerson } from "../../api/person";
import { reads, writes } from "../../app/rights";
import { Sections } from "../../ui/Sections";
import { Writing } from "../../ui/Writing";
import { BranchScreen } from "./BranchScreen";
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
  const parts = PARTS.filter(([name]) => {
    if (name === "integracoes") return reads(job, "bureau_setup");
    return name === "nova" ? writes(job, "bureaus") : reads(job, "bureaus");
  });
  const current = asked === "" ? (parts[0]?.[0] ?? "") : asked;
  const known = parts.some(([name]) => name === (current === "consulta" ? "" : current));
  return (
    <Stack>
      <Title order={1}>Birôs</Title>
      <Sections label="Birôs" area="biros" current={current} parts={parts} />
      {known && (
        <>
          {current === "" && <InquiryList />}
          {current === "nova" && <NewInquiry />}
          {current === "consulta" && which && <InquiryScreen id={which} key={which} />}
          {current === "relatorio" && <InquiryReport />}
          {current === "integracoes" && <Setup which={which} detail={detail} />}
        </>
      )}
      {job && !known && <Text>Este endereço não é de nenhuma parte que o seu papel abre.</Text>}
    </Stack>
  );
}

function Setup({ which, detail }: { which: string; detail: string }) {
  if (which === "") return <Integrations />;
  if (which === "filial") return <BranchScreen id={Number(detail)} key={detail} />;
  if (which !== "nova") return <IntegrationScreen id={Number(which)} key={which} />;
  return (
    <Writing area="bureau_setup" otherwise="Seu papel lê as integrações e não as altera.">
      <NewIntegration branch={detail} key={detail} />
    </Writing>
  );
}
