import { Stack, Text, Title } from "@mantine/core";
import { Sections } from "../../ui/Sections";
import { AccessReport } from "./AccessReport";
import { Disclosures } from "./Disclosures";
import { Holds } from "./Holds";
import { NewRequest } from "./NewRequest";
import { RequestScreen } from "./RequestScreen";

const PARTS = [
  ["", "Pedidos"],
  ["guarda", "Guarda legal"],
  ["consultas", "Quem consultou"],
  ["vistas", "Quem viu"],
] as const;

/** What data subjects may ask for (LGPD), and what holds their data. */
export default function Subjects({ path }: { path: readonly string[] }) {
  const [part = "", which = ""] = path;
  const current = part === "pedido" ? "" : part;
  return (
    <Stack>
      <Title order={1}>Titulares de dados</Title>
      <Sections label="Titulares de dados" area="titulares" current={current} parts={PARTS} />
      {part === "" && <NewRequest />}
      {part === "pedido" && <RequestScreen id={which} key={which} />}
      {part === "guarda" && <Holds />}
      {part === "consultas" && <AccessReport />}
      {part === "vistas" && <Disclosures />}
      {!PARTS.some(([name]) => name === current) && <Text>Nada por aqui.</Text>}
    </Stack>
  );
}
