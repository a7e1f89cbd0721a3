import { Table, Text } from "@mantine/core";
import { Fragment, useState } from "react";
import type { components } from "../../api/schema";
import { formatCents, formatDay } from "../../ui/format";
import { useRows } from "../../ui/rows";
import { Scroll } from "../../ui/Scroll";
import { NOTES } from "./words";

type Notes = components["schemas"]["ReportNotes"];

const day = (iso: string | null) => (iso ? formatDay(iso) : "—");
const amount = (cents: number | null) => (cents === null ? "Não informado" : formatCents(cents));

/** A row for each kind of note that was looked for, and below it those that the bureau listed. */
export function NoteTable({ notes }: { notes: readonly Notes[] }) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const byKeys = useRows(notes.length);
  if (notes.length === 0) return <Text>Este relatório não procura anotações. Isto não é zero.</Text>;

  function toggle(place: number) {
    const next = new Set(open);
    if (!next.delete(place)) next.add(place);
    setOpen(next);
  }

  return (
    <Scroll label="Tabela: anotações por tipo">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Tipo</Table.Th>
            <Table.Th scope="col" className="figures">
              Quantas
            </Table.Th>
            <Table.Th scope="col" className="figures">
              Total
            </Table.Th>
            <Table.Th scope="col">Primeira</Table.Th>
            <Table.Th scope="col">Última</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {notes.map((each, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a kind may come twice, and the rows never change
            <Fragment key={place}>
              <Table.Tr {...byKeys(place)}>
                <Table.Th scope="row">
                  {each.items.length > 0 ? (
                    <button
                      type="button"
                      className="unfolds"
                      aria-expanded={open.has(place)}
                      onClick={() => toggle(place)}
                    >
                      <span aria-hidden="true">{open.has(place) ? "▾" : "▸"}</span>{" "}
                      {each.label ?? NOTES[each.kind] ?? each.kind}
                    </button>
                  ) : (
                    (each.label ?? NOTES[each.kind] ?? each.kind)
                  )}
                </Table.Th>
                <Table.Td className="figures">
                  <span className={each.count > 0 ? "minimum" : undefined}>{each.count}</span>
                </Table.Td>
                <Table.Td className="figures">{each.count === 0 ? "—" : amount(each.total)}</Table.Td>
                <Table.Td>{day(each.first)}</Table.Td>
                <Table.Td>{day(each.last)}</Table.Td>
              </Table.Tr>
              {open.has(place) &&
                each.items.map((item, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: notes have no name, and never change
                  <Table.Tr key={`${place}-${index}`} className="within">
                    <Table.Td>
                      {item.creditor ?? "Credor não informado"}
                      {item.nature ? `, ${item.nature}` : ""}
                      {item.contract ? `, contrato ${item.contract}` : ""}
                      {item.place ? `, ${item.place}` : ""}
                      {item.disputed ? " (discutida em juízo)" : ""}
                      {item.principal === false ? " (coobrigado)" : ""}
                    </Table.Td>
                    <Table.Td />
                    <Table.Td className="figures">{amount(item.amount)}</Table.Td>
                    <Table.Td>{day(item.occurred_on)}</Table.Td>
                    <Table.Td>{day(item.included_on)}</Table.Td>
                  </Table.Tr>
                ))}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
