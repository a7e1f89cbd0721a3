import { Alert, Anchor, Group, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";

/** What a browser shows of itself and runs nothing of; anything else is only offered to be saved. */
const SHOWN: Record<string, "image" | "page"> = {
  "image/png": "image",
  "image/jpeg": "image",
  "application/pdf": "page",
};

export function readBytes(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place += 1) bytes[place] = text.charCodeAt(place);
  return bytes;
}

/** A file in its place on the page: it lies in the memory of this page alone and goes when the view is closed. */
export function FileView({ name, type, base64 }: { name: string; type: string; base64: string }) {
  const [address, setAddress] = useState("");
  const kind = SHOWN[type];
  useEffect(() => {
    // The type is one of ours, never the sender's word: nothing that a browser would run.
    const whole = new Blob([readBytes(base64)], { type: kind ? type : "application/octet-stream" });
    const made = URL.createObjectURL(whole);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [base64, type, kind]);
  if (!address) return null;
  return (
    <Stack gap="xs">
      {kind === "image" && <img src={address} alt={name} className="file" />}
      {kind === "page" && <iframe src={address} title={name} className="file page" />}
      {!kind && <Alert variant="outline">Este tipo de arquivo não é mostrado aqui.</Alert>}
      <Group gap="xs" className="unprinted">
        <Anchor href={address} download={name} size="sm">
          Salvar
        </Anchor>
        <Text size="sm" className="fits">
          {name}
        </Text>
      </Group>
    </Stack>
  );
}
