import { NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api, ask } from "../../api/client";
import { DataTable } from "../../ui/DataTable";
import { useDraft } from "../../ui/draft";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { usePages } from "../../ui/pages";
import { SearchBox } from "../../ui/SearchBox";
import { INQUIRY_COLUMNS } from "./columns";
import { SUBJECTS, toChoices } from "./words";

type Subject = { type: string; id: string };
const ANYBODY = (): Subject => ({ type: "client", id: "" });
const KINDS = toChoices(SUBJECTS).filter((each) => each.value !== "ad_hoc");

/** The partner's inquiries, or all of one client, lead or prospect. */
export function InquiryList() {
  const [form, setForm] = useDraft("inquiries", ANYBODY);
  const [subject, setSubject] = useState(form);
  const { found, rows } = usePages(["inquiries", subject], (query) => {
    if (!subject.id) return ask(api.GET("/api/v1/bureau_inquiries", { params: { query } }));
    const path = { subject_type: subject.type as "client", subject_id: subject.id };
    return ask(
      api.GET("/api/v1/bureau_subjects/{subject_type}/{subject_id}/inquiries", { params: { path, query } }),
    );
  });

  return (
    <Stack>
      <SearchBox
        label="Número dele no seu sistema"
        placeholder="Vazio: todas as consultas"
        typed={form.id}
        change={(id) => setForm({ ...form, id })}
        search={() => setSubject({ ...form, id: form.id.trim() })}
        before={
          <NativeSelect
            label="Histórico de"
            data={KINDS}
            value={form.type}
            onChange={(event) => setForm({ ...form, type: event.currentTarget.value })}
          />
        }
      />
      {subject.id && (
        <Text size="sm" className="fits">
          Histórico de {SUBJECTS[subject.type]?.toLowerCase()} {subject.id}
        </Text>
      )}
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Consultas"
        columns={INQUIRY_COLUMNS}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.id}
        empty={subject.id ? "Nenhuma consulta sobre ele." : "Nenhuma consulta ainda."}
      />
      <Older found={found} />
    </Stack>
  );
}
