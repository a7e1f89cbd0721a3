import { Alert, Button, Group, PasswordInput, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useDraft } from "../../ui/draft";
import { Part } from "../../ui/Part";
import { isSigned, type Notice } from "./signature";

const EMPTY = () => ({ id: "", timestamp: "", body: "", signature: "" });
const ANSWERS = {
  yes: ["teal", "A assinatura confere."],
  no: [
    "red",
    "A assinatura não confere: o corpo conta byte a byte, como chegou, antes de qualquer leitura de JSON.",
  ],
  wrong: ["red", "Isto não é um segredo: whsec_ e Base64."],
} as const;

/** The secret is held by its field alone, kept nowhere and sent to nobody. */
export function SignatureCheck() {
  const [secret, setSecret] = useState("");
  const [told, keep] = useDraft("signature", EMPTY);
  const notice: Notice = { ...told, secret };
  const [answer, setAnswer] = useState<keyof typeof ANSWERS | null>(null);
  const change = (changes: Partial<typeof told>) => {
    setAnswer(null);
    keep({ ...told, ...changes });
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    try {
      setAnswer((await isSigned(notice)) ? "yes" : "no");
    } catch {
      setAnswer("wrong");
    }
  }

  return (
    <Part title="Conferir uma assinatura" empty={false}>
      <Text size="sm">Cole um aviso como chegou. A conta é feita nesta página: o segredo não sai dela.</Text>
      <form onSubmit={submit} aria-label="Conferir uma assinatura">
        <Stack gap="xs">
          <PasswordInput
            label="Segredo de assinatura"
            autoComplete="off"
            required
            maw={480}
            value={notice.secret}
            onChange={(event) => {
              setAnswer(null);
              setSecret(event.currentTarget.value);
            }}
            visibilityToggleButtonProps={{ "aria-label": "Mostrar o segredo" }}
          />
          <Group align="flex-start">
            <TextInput
              label="webhook-id"
              required
              value={notice.id}
              onChange={(event) => change({ id: event.currentTarget.value })}
            />
            <TextInput
              label="webhook-timestamp"
              required
              value={notice.timestamp}
              onChange={(event) => change({ timestamp: event.currentTarget.value })}
            />
            <TextInput
              label="webhook-signature"
              required
              miw={260}
              value={notice.signature}
              onChange={(event) => change({ signature: event.currentTarget.value })}
            />
          </Group>
          <Textarea
            label="Corpo"
            required
            autosize
            minRows={3}
            value={notice.body}
            onChange={(event) => change({ body: event.currentTarget.value })}
          />
          <Button type="submit" w="fit-content">
            Conferir
          </Button>
          {answer && (
            <Alert variant="outline" role="status" color={ANSWERS[answer][0]}>
              {ANSWERS[answer][1]}
            </Alert>
          )}
        </Stack>
      </form>
    </Part>
  );
}
