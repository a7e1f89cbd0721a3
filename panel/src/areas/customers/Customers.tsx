import { Skeleton, Stack, Text, Title } from "@mantine/core";
import { type ComponentType, lazy, Suspense } from "react";
import { usePerson } from "../../api/person";
import { Sections } from "../../ui/Sections";

type Part = {
  path: string;
  title: string;
  jobs: readonly string[];
  view: ComponentType<{ path: readonly string[]; writes: boolean }>;
};

const READERS = ["manager", "analyst", "approver"] as const;
const OF_THE_PORTAL = ["manager", "broker", "agency"] as const;

/** Parts of the area by who may read them. Who writes is the API's to say; what is never anybody else's is not offered. */
const PARTS: readonly Part[] = [
  { path: "lista", title: "Cadastro", jobs: READERS, view: lazy(() => import("./Records")) },
  { path: "classes", title: "Classes", jobs: READERS, view: lazy(() => import("./ClassEditor")) },
  { path: "mural", title: "Mural", jobs: OF_THE_PORTAL, view: lazy(() => import("./Bulletins")) },
  { path: "pesquisas", title: "Pesquisas", jobs: OF_THE_PORTAL, view: lazy(() => import("./Surveys")) },
  { path: "portal", title: "Portal", jobs: OF_THE_PORTAL, view: lazy(() => import("./PortalSetup")) },
  { path: "alteracoes", title: "Alterações", jobs: OF_THE_PORTAL, view: lazy(() => import("./Changes")) },
];
const WRITERS: Record<string, readonly string[]> = { lista: ["manager", "analyst"] };

export default function Customers({ path }: { path: readonly string[] }) {
  const { job } = usePerson();
  const parts = PARTS.filter((each) => each.jobs.includes(job));
  const part = path.length === 0 ? parts[0] : parts.find((each) => each.path === path[0]);
  return (
    <Stack>
      <Sections
        label="Partes de Clientes"
        area="clientes"
        current={part?.path ?? ""}
        parts={parts.map((each) => [each.path, each.title] as const)}
      />
      {part && (
        <Suspense fallback={<Skeleton height={320} />}>
          <part.view path={path.slice(1)} writes={(WRITERS[part.path] ?? ["manager"]).includes(job)} />
        </Suspense>
      )}
      {job && !part && (
        <>
          <Title order={1}>Nada por aqui</Title>
          <Text>Este endereço não é de nenhuma parte que o seu papel abre.</Text>
        </>
      )}
    </Stack>
  );
}
