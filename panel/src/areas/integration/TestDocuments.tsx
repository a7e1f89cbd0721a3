import { Anchor, Button, Group, Table, Text } from "@mantine/core";
import { useState } from "react";
import { formatDocument } from "../../ui/format";
import { Part } from "../../ui/Part";
import { useRows } from "../../ui/rows";
import { Scroll } from "../../ui/Scroll";

/** Made up, base `9999990NN`: what the banks of the test environment do with each (docs/test-documents.md). */
const DOCUMENTS: readonly [string, string][] = [
  ["99999900100", "aprovado, sem orientação de entrada"],
  ["99999900291", "só entrada mínima, de 10 %"],
  ["99999900372", "entrada mínima de 10 % e ideal de 20 %"],
  ["99999900453", "só entrada ideal, de 20 %"],
  ["99999900704", "crédito recusado"],
  ["99999900887", "recusado na pré-análise"],
  ["99999900968", "mesa de crédito"],
  ["99999901182", "banco instável"],
  ["99999901344", "erro de validação no banco"],
  ["99999901425", "credenciais recusadas"],
  ["99999901506", "o banco faz a simulação e não responde"],
  ["99999901697", "banco lento"],
  ["99999901859", "faltam dados do cliente"],
];

export function TestDocuments() {
  const [copied, setCopied] = useState("");
  const byKeys = useRows(DOCUMENTS.length);

  async function copy(document: string) {
    try {
      await navigator.clipboard.writeText(document);
      setCopied(`${formatDocument(document)} copiado.`);
    } catch {
      setCopied("O navegador não deixou copiar.");
    }
  }

  return (
    <Part title="Documentos de teste" empty={false}>
      <Text size="sm">
        CPFs montados por conta, que só servem no ambiente de teste: cada um provoca o que está ao lado. A API
        inteira está na{" "}
        <Anchor href="docs" underline="always">
          referência
        </Anchor>
        .
      </Text>
      <Text size="sm" role="status">
        {copied}
      </Text>
      <Scroll label="Tabela: documentos de teste">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" className="figures">
                CPF
              </Table.Th>
              <Table.Th scope="col">O que provoca</Table.Th>
              <Table.Th scope="col">
                <span className="unseen">Ações</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {DOCUMENTS.map(([document, means], place) => (
              <Table.Tr key={document} {...byKeys(place)}>
                <Table.Th scope="row" className="figures">
                  {formatDocument(document)}
                </Table.Th>
                <Table.Td>{means}</Table.Td>
                <Table.Td>
                  <Group>
                    <Button
                      size="compact-xs"
                      variant="default"
                      onClick={() => void copy(document)}
                      aria-label={`Copiar ${formatDocument(document)}`}
                    >
                      Copiar
                    </Button>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Part>
  );
}
