import { Alert, Button, Group, List, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import { useAct } from "../../ui/act";
import { Fact } from "../../ui/Fact";
import { formatCents, formatDocument, formatMoment, maskDocument } from "../../ui/format";
import { Masked } from "../../ui/Masked";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { followFile } from "../../ui/saving";
import { Standing } from "./columns";
import { ReportSheet } from "./ReportSheet";
import { useBureaus } from "./setup";
import { ENVIRONMENTS, isFinished, PURPOSES, SUBJECTS } from "./words";

const EVERY_MS = 1_500;
const FILES: Record<string, string> = { attachment: "o arquivo", answer: "a resposta original" };

/** One inquiry, looked at again until the bureau has answered: the page may be left and opened again meanwhile. */
export function InquiryScreen({ id }: { id: string }) {
  const { called } = useBranches();
  const { named, reportNamed } = useBureaus();
  const { busy, problem, act } = useAct();
  const found = useQuery({
    queryKey: ["inquiry", id],
    queryFn: () =>
      ask(api.GET("/api/v1/bureau_inquiries/{inquiry_id}", { params: { path: { inquiry_id: id } } })),
    refetchInterval: (query) =>
      query.state.data && isFinished(query.state.data.data.status) ? false : EVERY_MS,
  });
  const inquiry = found.data?.data;
  if (!inquiry) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={420} />
    );
  }

  const download = (file: string) =>
    act(file, async () => {
      const params = { path: { inquiry_id: id }, query: { file: file as "answer" } };
      const made = await ask(api.GET("/api/v1/bureau_inquiries/{inquiry_id}/download", { params }));
      followFile(made.data.url);
    });
  const subject = SUBJECTS[inquiry.subject.type] ?? inquiry.subject.type;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2}>Consulta a {named(inquiry.provider)}</Title>
        <Button variant="default" onClick={() => window.print()} className="unprinted">
          Imprimir
        </Button>
      </Group>
      <Group gap="xs" role="status">
        <Standing status={inquiry.status} />
        {!isFinished(inquiry.status) && (
          <Text size="sm">Esta página se atualiza sozinha; você pode sair e voltar.</Text>
        )}
      </Group>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {inquiry.failure && (
        <Alert color="red" variant="outline" title={inquiry.failure.message}>
          {inquiry.status === "unknown"
            ? "Pode ter sido feita e cobrada: confira com o birô antes de consultar de novo."
            : inquiry.status === "failed"
              ? "Corrija o que o texto diz e faça outra consulta."
              : "Ela é tentada de novo sozinha."}
        </Alert>
      )}
      {inquiry.alerts.map((each) => (
        <Alert key={each.code} color="violet" variant="outline" title={each.message} />
      ))}
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <Fact name="Documento">
          <Masked
            kind="bureau_inquiry"
            id={id}
            field="document"
            name="o documento"
            masked={maskDocument(inquiry.document)}
            format={formatDocument}
          />
        </Fact>
        <Fact name="De quem">
          {subject}
          {inquiry.subject.id ? ` ${inquiry.subject.id}` : ""}
        </Fact>
        <Fact name="Finalidade">{PURPOSES[inquiry.purpose] ?? inquiry.purpose}</Fact>
        <Fact name="Solicitante">{inquiry.requested_by}</Fact>
        <Fact name="Relatório">{reportNamed(inquiry.provider, inquiry.report)}</Fact>
        <Fact name="Filial">{called(inquiry.branch_id)}</Fact>
        <Fact name="Ambiente">{ENVIRONMENTS[inquiry.environment] ?? inquiry.environment}</Fact>
        <Fact name="Custo">
          {inquiry.billed ? formatCents(inquiry.cost) : "Nada cobrado"}
          {inquiry.repeated_from ? " (resposta guardada)" : ""}
        </Fact>
        <Fact name="Pedida em">{formatMoment(inquiry.created_at)}</Fact>
        <Fact name="Terminada em">{inquiry.ended_at ? formatMoment(inquiry.ended_at) : "—"}</Fact>
        <Fact name="Protocolo do birô">{inquiry.protocol ?? "—"}</Fact>
        <Fact name="Base legal">{inquiry.legal_basis}</Fact>
      </SimpleGrid>
      {Object.keys(inquiry.files).length > 0 && (
        <Part title="Arquivos">
          <ProblemNote problem={problem} />
          <Group gap="xs" className="unprinted">
            {Object.entries(inquiry.files).map(([file, type]) => (
              <Button
                key={file}
                size="xs"
                variant="default"
                loading={busy === file}
                onClick={() => void download(file)}
              >
                Baixar {FILES[file] ?? file} ({type})
              </Button>
            ))}
          </Group>
        </Part>
      )}
      {inquiry.features.length > 0 && (
        <Part title="Itens pedidos">
          <List size="sm">
            {inquiry.features.map((each) => (
              <List.Item key={each} className="fits">
                {each}
                {inquiry.stored_features.includes(each) ? " (já estava guardado)" : ""}
              </List.Item>
            ))}
          </List>
        </Part>
      )}
      {inquiry.result ? (
        <ReportSheet report={inquiry.result} id={id} />
      ) : (
        isFinished(inquiry.status) && <Text>Não há resposta, ou ela já não está guardada.</Text>
      )}
    </Stack>
  );
}
