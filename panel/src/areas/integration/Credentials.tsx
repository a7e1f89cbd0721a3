import { Button, Group, Skeleton, Table, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../ui/act";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { OneTime } from "./OneTime";

export const OVERLAP_HOURS = 24;

export type Credential = {
  id: string | number;
  name: string;
  cells: readonly string[];
  /** Asks for another, and tells its secret. */
  replace?: (() => Promise<string>) | undefined;
  end?: (() => Promise<unknown>) | undefined;
};

type Props = {
  title: string;
  about: string;
  empty: string;
  /** What each column is called, the name of a row first. */
  heads: readonly string[];
  found: UseQueryResult<unknown>;
  rows: readonly Credential[] | undefined;
  /** What a new secret is called, and the acts with what they are done to. */
  fresh: string;
  words: { replace: string; end: string; of: string };
};

/** Credentials that are replaced, their secret told once, and ended by whoever says so twice. */
export function Credentials({ title, about, empty, heads, found, rows, fresh, words }: Props) {
  const [secret, setSecret] = useState("");
  const [asked, setAsked] = useState<string | number | null>(null);
  const { busy, problem, act } = useAct();

  async function change(row: Credential, work: () => Promise<unknown>) {
    await act(String(row.id), async () => {
      await work();
      setAsked(null);
    });
    // Also where nobody answered: it may be done.
    await found.refetch();
  }

  return (
    <Part title={title}>
      <Text size="sm">{about}</Text>
      {secret && <OneTime name={fresh} secret={secret} close={() => setSecret("")} />}
      <ProblemNote problem={problem ?? found.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={120} />}
      {rows?.length === 0 && <Text>{empty}</Text>}
      {rows && rows.length > 0 && (
        <Scroll label={`Tabela: ${title.toLowerCase()}`}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {heads.map((head) => (
                  <Table.Th scope="col" key={head}>
                    {head}
                  </Table.Th>
                ))}
                <Table.Th scope="col">
                  <span className="unseen">Ações</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => {
                const { replace, end } = row;
                const ending = asked === row.id ? "Encerrar mesmo?" : words.end;
                return (
                  <Table.Tr key={row.id}>
                    <Table.Th scope="row">{row.name}</Table.Th>
                    {row.cells.map((cell, place) => (
                      // Cells stand below their heads: their place is what they are.
                      // biome-ignore lint/suspicious/noArrayIndexKey: see above
                      <Table.Td key={place}>{cell}</Table.Td>
                    ))}
                    <Table.Td>
                      <Group gap="xs" wrap="nowrap">
                        {replace && (
                          <Button
                            size="compact-xs"
                            variant="default"
                            loading={busy === String(row.id)}
                            onClick={() => void change(row, async () => setSecret(await replace()))}
                            aria-label={`${words.replace} ${words.of} ${row.name}`}
                          >
                            {words.replace}
                          </Button>
                        )}
                        {end && (
                          <Button
                            size="compact-xs"
                            variant="default"
                            loading={busy === String(row.id)}
                            onClick={() => (asked === row.id ? void change(row, end) : setAsked(row.id))}
                            aria-label={`${ending} ${words.of} ${row.name}`}
                          >
                            {ending}
                          </Button>
                        )}
                      </Group>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Part>
  );
}
