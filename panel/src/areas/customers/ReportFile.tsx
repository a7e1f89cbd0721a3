import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { formatMoment } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";

type Format = "csv" | "xlsx";
type Made = { url: string; file_name: string; expires_at: string };
type Props = { name: string; make: (format: Format, key: string) => Promise<Made> };

/** Ask for a report as a file. Its private address is good for a minute: the link says until when. */
export function ReportFile({ name, make }: Props) {
  const [file, setFile] = useState<Made | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState<Format | null>(null);

  async function ask(format: Format) {
    setBusy(format);
    setProblem(null);
    setFile(null);
    try {
      setFile(await make(format, crypto.randomUUID()));
    } catch (error) {
      setProblem(error);
    }
    setBusy(null);
  }

  return (
    <Stack gap="xs" key={name}>
      <Group gap="xs">
        {(["csv", "xlsx"] as const).map((format) => (
          <Button
            key={format}
            variant="default"
            size="xs"
            loading={busy === format}
            onClick={() => void ask(format)}
          >
            {`Baixar em ${format.toUpperCase()}`}
          </Button>
        ))}
      </Group>
      <ProblemNote problem={problem} />
      {file && (
        <Text size="sm" role="status">
          <Anchor href={file.url} download={file.file_name} rel="noreferrer" className="fits">
            {file.file_name}
          </Anchor>
          , até {formatMoment(file.expires_at)}
        </Text>
      )}
    </Stack>
  );
}
