import {
  Anchor,
  Button,
  Code,
  Fieldset,
  FileInput,
  Group,
  List,
  NativeSelect,
  Paper,
  Progress,
  Stack,
  Text,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import { useAct } from "../../ui/act";
import { useForm } from "../../ui/form";
import { formatMoment } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { type Begun, begin, readUploads, send, subscribe, type Upload } from "./uploads";
import { IMPORTS, STOPS } from "./words";

const EVERY_MS = 1_500;
const OVER = new Set(["finished", "stopped", "abandoned"]);
const NOTHING = () => ({ branch: "", name: "" });
const COLUMNS = "document;name;external_id;due_on;amount";

/** Debtors and boletos from a file, with what became of its lines. */
export function Imports() {
  const uploads = useSyncExternalStore(subscribe, readUploads);
  const [file, setFile] = useState<File | null>(null);
  const form = useForm("import", NOTHING);
  const { branch, name } = form.filled;
  const { choices } = useBranches();
  const { problem, act } = useAct();

  const pick = (picked: File | null) => {
    setFile(picked);
    form.change({ name: picked?.name ?? "" });
  };
  const start = async (key: string) => {
    const format = /\.(ndjson|jsonl)$/i.test(name) ? ("ndjson" as const) : ("csv" as const);
    const begun: Begun = {
      key,
      body: { import: { format, ...(branch ? { branch_id: Number(branch) } : {}) } },
    };
    return { begun, ...(await begin(begun)) };
  };
  const started = ({ begun, id, upload_url }: Awaited<ReturnType<typeof start>>) => {
    setFile(null);
    if (file !== null && upload_url !== null) void act("upload", () => send(id, begun, upload_url, file));
  };

  return (
    <Stack>
      <form onSubmit={(event) => form.submit(event, start, started)} aria-label="Nova importação">
        <Fieldset legend="Nova importação">
          <Stack gap="xs">
            <Group align="flex-end">
              <FileInput
                label="Arquivo CSV ou NDJSON"
                placeholder="Escolher arquivo"
                accept=".csv,.ndjson,.jsonl,text/csv"
                miw={260}
                value={file}
                onChange={pick}
                error={!file && name ? `A página foi recarregada: escolha ${name} de novo` : undefined}
              />
              <NativeSelect
                label="Filial das linhas que não nomeiam uma"
                data={[{ value: "", label: "Nenhuma" }, ...choices]}
                value={branch}
                onChange={(event) => form.change({ branch: event.currentTarget.value })}
              />
              <Button type="submit" disabled={file === null} loading={form.busy !== ""}>
                Importar
              </Button>
            </Group>
            <Text size="sm" className="fits">
              Um CSV começa pelo cabeçalho, com ao menos <Code>{COLUMNS}</Code>. Até 1 milhão de linhas e 512
              MiB, em UTF-8.
            </Text>
          </Stack>
        </Fieldset>
      </form>
      <ProblemNote problem={form.problem ?? problem} />
      <Part title="Importações desta aba" empty={uploads.length === 0 && "Nenhuma ainda."}>
        {uploads.map((each) => (
          <ImportCard key={each.id} upload={each} />
        ))}
      </Part>
    </Stack>
  );
}

function ImportCard({ upload }: { upload: Upload }) {
  const path = { import_id: upload.id };
  const found = useQuery({
    queryKey: ["import", upload.id],
    queryFn: () => ask(api.GET("/api/v1/imports/{import_id}", { params: { path } })),
    refetchInterval: (query) => (OVER.has(query.state.data?.data.status ?? "") ? false : EVERY_MS),
  });
  const told = found.data?.data;
  const { busy, problem, act } = useAct();
  const sending = upload.percent < 100 && (told === undefined || told.status === "waiting");
  const broken = upload.failed && told?.status === "waiting";
  const again = (file: File) =>
    act("upload", async () => {
      const { upload_url } = await begin(upload.begun);
      // Without one the file did arrive, or nobody waits for it any more: which of them is told.
      if (upload_url !== null) await send(upload.id, upload.begun, upload_url, file);
      await found.refetch();
    });
  const percent = sending ? upload.percent : (told?.progress_percent ?? 0);
  return (
    <Paper withBorder p="md" component="section" aria-label={`Importação de ${upload.name}`}>
      <Stack gap="xs">
        <Text fw={600} className="fits">
          {upload.name}
        </Text>
        <Text size="sm" role="status">
          {sending && !upload.failed
            ? `Enviando o arquivo: ${upload.percent} %`
            : told
              ? `${IMPORTS[told.status] ?? told.status}${told.stopped_code ? `: ${STOPS[told.stopped_code] ?? told.stopped_code}` : ""}`
              : "…"}
        </Text>
        <Progress.Root size="lg">
          <Progress.Section value={percent} aria-label={`Progresso de ${upload.name}`} />
        </Progress.Root>
        {broken && (
          <FileInput
            label="O arquivo não chegou inteiro: escolha-o de novo"
            description="Nada dele foi lido ainda; a importação continua a mesma"
            disabled={busy !== ""}
            placeholder={upload.name}
            accept=".csv,.ndjson,.jsonl,text/csv"
            value={null}
            onChange={(file) => file && void again(file)}
          />
        )}
        {sending && !upload.failed && (
          <Text size="sm">
            Você pode usar o resto do painel; se recarregar esta aba, escolherá o arquivo de novo.
          </Text>
        )}
        {told && (
          <List size="sm">
            <List.Item>
              {told.lines} linhas lidas{told.lines_a_second > 0 ? `, ${told.lines_a_second} por segundo` : ""}
            </List.Item>
            <List.Item>
              {told.created} criaram, {told.changed} alteraram, {told.unchanged} já se sabiam
            </List.Item>
            <List.Item className={told.failed > 0 ? "minimum" : undefined}>{told.failed} com erro</List.Item>
            {told.ended_at && <List.Item>Terminou em {formatMoment(told.ended_at)}</List.Item>}
          </List>
        )}
        {told?.errors_url && (
          <Anchor href={told.errors_url} rel="noopener noreferrer">
            Baixar as linhas com erro (CSV)
          </Anchor>
        )}
        <ProblemNote problem={problem ?? found.error} again={() => void found.refetch()} />
      </Stack>
    </Paper>
  );
}
