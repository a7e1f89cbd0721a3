import { Stack, Text, Title } from "@mantine/core";
import { usePerson } from "../../api/person";
import { reads, writes } from "../../app/rights";
import { Sections } from "../../ui/Sections";
import { Approvals } from "./Approvals";
import { BoletoList } from "./BoletoList";
import { Collection } from "./Collection";
import { DebtorList } from "./DebtorList";
import { DebtorScreen } from "./DebtorScreen";
import { Imports } from "./Imports";
import { ListingList } from "./ListingList";
import { ListingScreen } from "./ListingScreen";
import { MonthReport } from "./MonthReport";
import { Tasks } from "./Tasks";

const PARTS = [
  ["", "Prazos e críticas"],
  ["registros", "Negativações"],
  ["aprovacoes", "Aprovações"],
  ["devedores", "Devedores"],
  ["boletos", "Boletos"],
  ["importar", "Importar"],
  ["cobranca", "Cobrança"],
  ["relatorio", "Inclusões e baixas"],
] as const;

export default function Listings({ path }: { path: readonly string[] }) {
  const { job } = usePerson();
  const [asked = "", which = ""] = path;
  // Whoever keeps the collection alone sees no debtor: it opens where there is something to see.
  const parts = PARTS.filter(([name]) => {
    if (name === "cobranca") return reads(job, "listing_setup");
    return name === "importar" ? writes(job, "listings") : reads(job, "listings");
  });
  const current = asked === "" ? (parts[0]?.[0] ?? "") : asked;
  const known = parts.some(([name]) => name === current);
  return (
    <Stack>
      <Title order={1}>Negativações</Title>
      <Sections label="Negativações" area="negativacoes" current={current} parts={parts} />
      {known && (
        <>
          {current === "" && <Tasks />}
          {current === "registros" && !which && <ListingList />}
          {current === "registros" && which && <ListingScreen id={which} key={which} />}
          {current === "aprovacoes" && <Approvals />}
          {current === "devedores" && !which && <DebtorList />}
          {current === "devedores" && which && <DebtorScreen id={which} key={which} />}
          {current === "boletos" && <BoletoList />}
          {current === "importar" && <Imports />}
          {current === "cobranca" && <Collection />}
          {current === "relatorio" && <MonthReport />}
        </>
      )}
      {job && !known && <Text>Este endereço não é de nenhuma parte que o seu papel abre.</Text>}
    </Stack>
  );
}
