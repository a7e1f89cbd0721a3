import { Checkbox, Group, NativeSelect, SimpleGrid, Stack, Textarea, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { link, useGoOn } from "../../app/routes";
import { FormEnd } from "../../ui/FormEnd";
import { useForm } from "../../ui/form";
import { AUDIENCES, type BulletinDraft, checkBulletin, GROUPS, toSent } from "./bulletin";

type Props = { name: string; fresh: () => BulletinDraft; id?: number };

export function BulletinForm({ name, fresh, id }: Props) {
  const goOn = useGoOn();
  const form = useForm(name, fresh, checkBulletin);
  const { filled: draft, change, told } = form;
  const queries = useQueryClient();
  const body = { bulletin: toSent(draft) as never };
  const publish = (key: string) =>
    id === undefined
      ? ask(api.POST("/api/v1/bulletins", { params: { header: { "Idempotency-Key": key } }, body }))
      : ask(api.PUT("/api/v1/bulletins/{bulletin_id}", { params: { path: { bulletin_id: id } }, body }));
  const done = async (kept: Awaited<ReturnType<typeof publish>>) => {
    await queries.invalidateQueries();
    goOn("clientes", "mural", String(kept.bulletin.id));
  };

  return (
    <form onSubmit={(event) => form.submit(event, publish, done)} noValidate aria-label="Comunicado">
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
        <FormEnd
          form={form}
          send={id === undefined ? "Publicar" : "Guardar"}
          back={link("clientes", "mural")}
        />
      </Stack>
    </form>
  );
}
