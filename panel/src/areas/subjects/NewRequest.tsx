import { Anchor, Button, Fieldset, Group, List, Radio, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import { go, link, useGoOn } from "../../app/routes";
import { useAct } from "../../ui/act";
import { useDraft } from "../../ui/draft";
import { formatDocument, readDocument } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";

type Action = "export" | "erasure";
const fresh = () => ({ key: crypto.randomUUID(), document: "", action: "export" as Action });
const none = (): string[] => [];
const MOST_SHOWN = 10;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isDocument = (bare: string) => bare.length === 11 || bare.length === 14;

/** A data subject asks for all that is kept, or for its end; the end is asked twice. */
export function NewRequest() {
  const goOn = useGoOn();
  const { name } = usePerson();
  const [form, keep, clear] = useDraft("subject-request", fresh);
  const [done, keepDone] = useDraft<string[]>("subject-requests-made", none);
  const [sure, setSure] = useState(false);
  const [shown, setShown] = useState(false);
  const { busy, problem, act } = useAct();
  const erases = form.action === "erasure";
  const whole = isDocument(form.document);
  const change = (changes: Partial<typeof form>) => {
    setSure(false);
    keep({ ...form, ...changes, key: crypto.randomUUID() });
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (!whole || name === "") return;
    if (erases && !sure) return setSure(true);
    void act("create", async () => {
      const params = { header: { "Idempotency-Key": form.key } };
      const body = {
        data_subject_request: { document: form.document, action: form.action, requested_by: name },
      };
      const made = await ask(api.POST("/api/v1/data_subject_requests", { params, body }));
      clear();
      keepDone([made.data.id, ...done].slice(0, MOST_SHOWN));
      goOn("titulares", "pedido", made.data.id);
    });
  }

  return (
    <Stack>
      <form onSubmit={submit} noValidate aria-label="Novo pedido">
        <Fieldset legend="Novo pedido de um titular">
          <Stack>
            <TextInput
              label="CPF ou CNPJ do titular"
              required
              maw={320}
              value={formatDocument(form.document)}
              onChange={(event) => change({ document: readDocument(event.currentTarget.value).slice(0, 14) })}
              error={shown && !whole ? "Informe um CPF ou CNPJ" : undefined}
            />
            <Radio.Group
              label="O que ele pede"
              value={form.action}
              onChange={(action) => change({ action: action as Action })}
            >
              <Stack gap="xs" mt="xs">
                <Radio
                  value="export"
                  label="Acesso: uma cópia de tudo o que há sobre ele"
                  description="Nada muda; os arquivos ficam prontos em instantes"
                />
                <Radio
                  value="erasure"
                  label="Eliminação: o fim do que a lei não manda guardar"
                  description="Dos contratos fica o que não é de ninguém: valores, datas e situações"
                />
              </Stack>
            </Radio.Group>
            {sure && (
              <Text role="alert" className="minimum">
                Cadastros, leads, simulações e consultas dele são apagados e não voltam; o acesso ao portal
                termina. O que a lei manda guardar fica até o fim do prazo e termina sozinho. Uma guarda legal
                segura tudo.
              </Text>
            )}
            <ProblemNote problem={problem} />
            <Group>
              <Button type="submit" loading={busy !== ""} {...(sure ? { color: "red" } : {})}>
                {erases ? (sure ? "Eliminar mesmo" : "Pedir eliminação") : "Pedir cópia"}
              </Button>
              {sure && (
                <Button variant="default" onClick={() => setSure(false)}>
                  Voltar
                </Button>
              )}
            </Group>
          </Stack>
        </Fieldset>
      </form>
      <Lookup made={done} />
    </Stack>
  );
}

/** Requests by their numbers: of those of this tab the last ones are remembered, others are typed in. */
function Lookup({ made }: { made: readonly string[] }) {
  const [typed, setTyped] = useState("");
  const number = typed.trim().toLowerCase();
  const wrong = number !== "" && !UUID.test(number);
  return (
    <Part title="Um pedido já feito">
      {made.length > 0 && (
        <List size="sm">
          {made.map((id) => (
            <List.Item key={id}>
              <Anchor href={link("titulares", "pedido", id)} className="fits">
                {id}
              </Anchor>
            </List.Item>
          ))}
        </List>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (number !== "" && !wrong) go("titulares", "pedido", number);
        }}
      >
        <Group align="flex-start">
          <TextInput
            aria-label="Número do pedido"
            placeholder="Número do pedido"
            miw={320}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={wrong ? "Informe o número como foi respondido" : undefined}
          />
          <Button type="submit" variant="default">
            Ver
          </Button>
        </Group>
      </form>
    </Part>
  );
}
