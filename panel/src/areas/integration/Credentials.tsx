import { Button, Group, Skeleton, Table, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useAct } from "../../ui/act";
import { readAnew } from "../../ui/anew";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { useRows } from "../../ui/rows";
import { Scroll } from "../../ui/Scroll";
import { OneTime } from "./OneTime";

export const OVERLAP_HOURS = 24;

/** What is done to a credential, by whoever says so twice; a text that it answers is a secret, told once. */
type Act = { words: string; of: string; work: () => Promise<unknown> };

export type Credential = {
  id: string | number;
  name: string;
  cells: readonly string[];
  acts: readonly Act[];
};

type Props = {
  title: string;
  about: string;
  empty: string;
  /** What each column is called, the name of a row first. */
  heads: readonly string[];
  found: UseQueryResult<unknown>;
  rows: readonly Credential[] | undefined;
  /** What a new secret is called. */
  fresh: string;
  /** The form that makes another, whose secret it hands on. */
  children: (made: (secret: string) => void) => ReactNode;
};

/** Credentials that are made, replaced and ended; the secret of a new one is told once. */
export function Credentials({ title, about, empty, heads, found, rows, fresh, children }: Props) {
  const [secret, setSecret] = useState("");
  const [asked, setAsked] = useState("");
  const { busy, problem, act } = useAct();
  const byKeys = useRows(rows?.length ?? 0);

  async function change(name: string, work: () => Promise<unknown>) {
    await act(name, async () => {
      const answer = await work();
      if (typeof answer === "string") setSecret(answer);
      setAsked("");
    });
    // Also where nobody answered: it may be done.
    await found.refetch();
  }

  function made(told: string) {
    setSecret(told);
    void readAnew(found);
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
              {rows.map((row, line) => (
                <Table.Tr key={row.id} {...byKeys(line)}>
                  <Table.Th scope="row">{row.name}</Table.Th>
                  {row.cells.map((cell, place) => (
                    // Cells stand below their heads: their place is what they are.
                    // biome-ignore lint/suspicious/noArrayIndexKey: see above
                    <Table.Td key={place}>{cell}</Table.Td>
                  ))}
                  <Table.Td>
                    <Group gap="xs" wrap="nowrap">
                      {row.acts.map(({ words, of, work }) => {
                        const name = `${words} ${of}`;
                        const told = asked === name ? `${words.split(" ")[0]} mesmo?` : words;
                        return (
                          <Button
                            key={words}
                            size="compact-xs"
                            variant="default"
                            loading={busy === name}
                            onClick={() => (asked === name ? void change(name, work) : setAsked(name))}
                            aria-label={`${told} ${of}`}
                          >
                            {told}
                          </Button>
                        );
                      })}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      {children(made)}
    </Part>
  );
}
