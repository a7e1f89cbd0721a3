import { useState } from "react";
import { ask } from "../api/ask";
import type { components } from "../api/schema";
import { formatDay, formatMoment } from "../ui/format";
import { PageList, ProblemBox } from "./parts";
import { api } from "./session";

type Row = components["schemas"]["OwnContractRow"];
type File = components["schemas"]["OwnContractView"];

async function load(cursor: string | null) {
  const query = cursor === null ? {} : { cursor };
  const page = await ask(api.GET("/api/v1/portal/contracts", { params: { query } }));
  return { rows: page.contracts, next: page.next_cursor ?? null };
}

/** Contracts that one signed, each as a file whose private address is good for a minute. */
export default function Contracts() {
  return (
    <PageList
      title="Contratos"
      load={load}
      rowId={(each) => each.customer_service_number}
      empty="Nenhum contrato assinado."
      row={(each) => <OneContract contract={each} />}
    />
  );
}

function OneContract({ contract }: { contract: Row }) {
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function fetchFile() {
    setBusy(true);
    setProblem(null);
    setFile(null);
    try {
      const path = { customer_service_number: contract.customer_service_number };
      const answer = await ask(
        api.GET("/api/v1/portal/contracts/{customer_service_number}", { params: { path } }),
      );
      setFile(answer.contract);
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }

  return (
    <>
      <strong className="fits">{contract.product}</strong>
      <span className="small fits">
        Contrato {contract.customer_service_number}, proposto em {formatDay(contract.proposed_at)}
      </span>
      <ProblemBox problem={problem} />
      <button type="button" disabled={busy} aria-busy={busy} onClick={() => void fetchFile()}>
        Preparar o arquivo
      </button>
      <p role="status">
        {file && (
          <>
            <a href={file.url} target="_blank" rel="noreferrer" className="fits">
              {file.file_name}
            </a>
            , assinado em {formatDay(file.signed_at)}; o endereço vale até {formatMoment(file.expires_at)}
          </>
        )}
      </p>
    </>
  );
}
