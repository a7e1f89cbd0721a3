import { Alert, Button, Code, Group, Text } from "@mantine/core";
import { useState } from "react";

/** A secret that is shown in this answer and never again: it is held by the page alone, until it is put away. */
export function OneTime({ name, secret, close }: { name: string; secret: string; close: () => void }) {
  const [copied, setCopied] = useState("");

  async function copy() {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied("Copiado.");
    } catch {
      setCopied("O navegador não deixou copiar; selecione o texto.");
    }
  }

  return (
    <Alert
      role="note"
      variant="outline"
      color="violet"
      title={`${name}: guarde agora, não será mostrado de novo`}
    >
      <Code className="fits" block>
        {secret}
      </Code>
      <Group mt="xs">
        <Button size="xs" variant="default" onClick={() => void copy()}>
          Copiar
        </Button>
        <Button size="xs" variant="default" onClick={close}>
          Já guardei
        </Button>
        <Text size="sm" role="status">
          {copied}
        </Text>
      </Group>
    </Alert>
  );
}
