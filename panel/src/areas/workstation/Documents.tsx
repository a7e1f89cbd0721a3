import { Button, Group, List, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import type { components, paths } from "../../api/schema";
import { FileView } from "../../ui/FileView";
import { formatMoment } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { DOCUMENTS } from "./reasons";

type Kept = components["schemas"]["KeptDocument"];
type Place = "/api/external/v2.1/proposals/{customerServiceNumber}/documents/{type}";
type Kind = paths[Place]["get"]["parameters"]["path"]["type"];

/** Documents that were received, each seen in its place. */
export function Documents({ number, documents }: { number: string; documents: readonly Kept[] }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Part title="Documentos" empty={documents.length === 0 && "Nenhum documento recebido."}>
      <List>
        {documents.map((document) => (
          <List.Item key={document.type} className="fits">
            <Group gap="xs">
              <Text span>
                {DOCUMENTS[document.type] ?? document.type}: {document.name},{" "}
                {Math.ceil(document.size / 1024)} KB, recebido em {formatMoment(document.receivedAt)}
              </Text>
              <Button
                size="compact-xs"
                variant="default"
                aria-expanded={open === document.type}
                aria-label={`${open === document.type ? "Fechar" : "Ver"} ${DOCUMENTS[document.type] ?? document.type}`}
                onClick={() => setOpen(open === document.type ? null : document.type)}
              >
                {open === document.type ? "Fechar" : "Ver"}
              </Button>
            </Group>
            {open === document.type && <OneDocument number={number} document={document} />}
          </List.Item>
        ))}
      </List>
    </Part>
  );
}

function OneDocument({ number, document }: { number: string; document: Kept }) {
  const found = useQuery({
    queryKey: ["document", number, document.sha256],
    // A file is named by its hash: it does not change, and nothing of it stays once it is closed.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () => {
      const path = { customerServiceNumber: number, type: document.type as Kind };
      return ask(
        api.GET("/api/external/v2.1/proposals/{customerServiceNumber}/documents/{type}", {
          params: { path },
        }),
      );
    },
  });
  if (found.error) return <ProblemNote problem={found.error} again={() => void found.refetch()} />;
  if (!found.data) return <Skeleton height={240} />;
  return <FileView name={found.data.name} type={found.data.mimeType} base64={found.data.base64} />;
}
