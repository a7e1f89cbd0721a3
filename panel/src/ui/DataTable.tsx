import { Skeleton, Table, Text, UnstyledButton } from "@mantine/core";
import {
  createColumnHelper,
  type RowData,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { useRows } from "./rows";
import { Scroll } from "./Scroll";

export type Column<T> = {
  /** Stable among the columns of a table, and the name the API sorts by where it does. */
  id: string;
  title: string;
  cell: (row: T) => ReactNode;
  /** What a row is called by: the header of its row. */
  heading?: boolean;
  /** Amounts, counts and documents: to the right, digits of one width. */
  figures?: boolean;
  /** Short things that are not broken over two lines: moments, badges. */
  whole?: boolean;
  /** A title that is only heard, as of a column of buttons. */
  unseen?: boolean;
  sorts?: boolean;
};

/** The order a list is asked for from the API, which sorts; the rows of a page are never sorted here. */
export type Order = { by: string; descending: boolean };

type Props<T> = {
  label: string;
  /** Kept outside of what renders, or in a memo: the table is made anew when it changes. */
  columns: readonly Column<T>[];
  /** Absent while they are asked for: a skeleton of the same height stands there. */
  rows: readonly T[] | undefined;
  /** Whether asking for them failed, which the page tells: nothing stands there. */
  failed?: boolean;
  rowId: (row: T) => string;
  empty: string;
  order?: Order;
  sort?: (order: Order) => void;
  /** How many rows the skeleton holds. */
  expected?: number;
  rowClass?: (row: T) => string | undefined;
};

const features = tableFeatures({ rowSortingFeature });
const ROW_PX = 37;

/** Rows under headings, gone through with the keyboard (`useRows`). */
export function DataTable<T extends RowData>(props: Props<T>) {
  const { label, columns, rows, failed, rowId, empty, order, sort, expected = 5, rowClass } = props;
  const byKeys = useRows(rows?.length ?? 0);
  const defined = useMemo(() => {
    const helper = createColumnHelper<typeof features, T>();
    return columns.map((each) =>
      helper.display({
        id: each.id,
        header: each.title,
        cell: (context) => each.cell(context.row.original),
        enableSorting: each.sorts === true,
      }),
    );
  }, [columns]);
  const sorting: SortingState = useMemo(
    () => (order ? [{ id: order.by, desc: order.descending }] : []),
    [order],
  );
  const data = useMemo(() => [...(rows ?? [])], [rows]);
  const table = useTable({
    features,
    columns: defined,
    data,
    getRowId: rowId,
    manualSorting: true,
    state: { sorting },
  });
  if (rows === undefined) return failed ? null : <Skeleton height={ROW_PX * (expected + 1)} />;
  if (rows.length === 0) return <Text>{empty}</Text>;

  return (
    <Scroll label={label}>
      <Table highlightOnHover>
        <Table.Thead>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              {group.headers.map((header, place) => {
                const column = columns[place];
                if (!column) return null;
                const sorted = order?.by === column.id && (order.descending ? "descending" : "ascending");
                return (
                  <Table.Th
                    key={header.id}
                    scope="col"
                    className={column.figures ? "figures" : undefined}
                    aria-sort={column.sorts ? sorted || "none" : undefined}
                  >
                    {column.sorts && sort ? (
                      <UnstyledButton
                        fw={700}
                        fz="inherit"
                        onClick={() =>
                          sort({ by: column.id, descending: sorted === false || sorted === "ascending" })
                        }
                      >
                        {column.title}{" "}
                        <span aria-hidden="true">
                          {sorted === "descending" ? "↓" : sorted === "ascending" ? "↑" : "↕"}
                        </span>
                      </UnstyledButton>
                    ) : (
                      <span className={column.unseen ? "unseen" : undefined}>{column.title}</span>
                    )}
                  </Table.Th>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody>
          {table.getRowModel().rows.map((row, place) => (
            <Table.Tr key={row.id} {...byKeys(place, rowClass?.(row.original))}>
              {row.getAllCells().map((cell, index) => {
                const column = columns[index];
                const className = column?.figures ? "figures" : column?.whole ? "whole" : undefined;
                const Cell = column?.heading ? Table.Th : Table.Td;
                return (
                  <Cell key={cell.id} scope={column?.heading ? "row" : undefined} className={className}>
                    <table.FlexRender cell={cell} />
                  </Cell>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
