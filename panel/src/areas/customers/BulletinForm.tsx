import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useCallback, useState } from "react";
import { api, ask } from "../../api/client";
import { go, link } from "../../app/routes";
import { useDraft } from "../../ui/draft";
import { ProblemNote } from "../../ui/ProblemNote";
import { AUDIENCES, type BulletinDraft, checkBulletin, GROUPS, toSent } from "./bulletin";

type Props = { name: string; fresh: () => BulletinDraft; id?: number };

export function BulletinForm({ name, fresh, id }: Props) {
  const [first] = useState(fresh);
  const [draft, keep, clear] = useDraft<BulletinDraft>(
    name,
    useCallback(() => first, [first]),
  );
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const wrong = checkBulletin(draft);
  const told = (field: string) => (shown ? wrong[field] : undefined);
  const change = (changes: Partial<BulletinDraft>) =>
    keep({ ...draft, key: crypto.randomUUID(), ...changes });

  async function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (busy || Object.keys(wrong).length > 0) return;
    setBusy(true);
    setProblem(null);
    const body = { bulletin: toSent(draft) as never };
    try {
      const kept =
        id === undefined
          ? await ask(
              api.POST("/api/v1/bulletins", { params: { header: { "Idempotency-Key": draft.key } }, body }),
            )
          : await ask(
              api.PUT("/api/v1/bulletins/{bulletin_id}", { params: { path: { bulletin_id: id } }, body }),
            );
      clear();
      await queries.invalidateQueries();
      go("clientes", "mural", String(kept.bulletin.id));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} noValidate aria-label="Comunicado">
      <Stack>
        <Title order={1}>{id === undefined ? "Novo comunicado" : "Alterar comunicado"}</Title>
        <TextInput
          label="Título"
          required
          value={draft.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
          error={told("title")}
        />
        <Textarea
          label="Texto"
          description="Uma linha em branco separa parágrafos"
          required
          autosize
          minRows={4}
          value={draft.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
          error={told("text")}
        />
        <NativeSelect
          label="A quem"
          value={draft.kind}
          onChange={(event) => change({ kind: event.currentTarget.value as BulletinDraft["kind"] })}
          data={Object.entries(AUDIENCES).map(([value, label]) => ({ value, label }))}
        />
        {draft.kind === "empreendimento" && (
          <Textarea
            label="Empreendimentos"
            description="Um por linha"
            autosize
            minRows={2}
            value={draft.developments}
            onChange={(event) => change({ developments: event.currentTarget.value })}
            error={told("developments")}
          />
        )}
        {draft.kind === "unidade" && (
          <Textarea
            label="Unidades"
            description="Uma por linha: empreendimento; unidade"
            autosize
            minRows={2}
            value={draft.units}
            onChange={(event) => change({ units: event.currentTarget.value })}
            error={told("units")}
          />
        )}
        {draft.kind === "grupo" && (
          <Checkbox.Group
            label="Grupos"
            value={draft.groups}
            onChange={(groups) => change({ groups })}
            error={told("groups")}
          >
            <Group>
              {GROUPS.map((each) => (
                <Checkbox key={each.value} value={each.value} label={each.label} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label="Primeiro dia"
            description="Em branco: hoje"
            type="date"
            value={draft.startsOn}
            onChange={(event) => change({ startsOn: event.currentTarget.value })}
          />
          <TextInput
            label="Último dia"
            description="Em branco: não termina"
            type="date"
            value={draft.endsOn}
            onChange={(event) => change({ endsOn: event.currentTarget.value })}
            error={told("endsOn")}
          />
        </SimpleGrid>
        <ProblemNote problem={problem} />
        <Group>
          <Button type="submit" loading={busy}>
            {id === undefined ? "Publicar" : "Guardar"}
          </Button>
          <Button variant="default" component="a" href={link("clientes", "mural")}>
            Voltar
          </Button>
          <Button variant="default" onClick={clear} disabled={busy}>
            Desfazer
          </Button>
          {shown && Object.keys(wrong).length > 0 && (
            <Text role="alert" size="sm">
              Corrija os campos marcados.
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}
