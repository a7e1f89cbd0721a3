import { Button, Group, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, orNone } from "../../api/client";
import { FileView } from "../../ui/FileView";
import { formatMoment } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";

/** The contract to be accepted and the one that was signed, opened one at a time: a reading counts for its CPF. */
export function Contracts({ number }: { number: string }) {
  const [open, setOpen] = useState<"drawn" | "signed" | null>(null);
  const toggle = (which: "drawn" | "signed") => setOpen(open === which ? null : which);
  return (
    <Part title="Contrato" empty={false}>
      <Group gap="xs">
        <Button size="xs" variant="default" aria-expanded={open === "drawn"} onClick={() => toggle("drawn")}>
          Contrato
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-expanded={open === "signed"}
          onClick={() => toggle("signed")}
        >
          Contrato assinado
        </Button>
      </Group>
      {open === "drawn" && <Drawn number={number} />}
      {open === "signed" && <Signed number={number} />}
    </Part>
  );
}

function Drawn({ number }: { number: string }) {
  const found = useQuery({
    queryKey: ["contract", number],
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    queryFn: () => {
      const path = { customerServiceNumber: number };
      return orNone(
        ask(api.GET("/api/external/v2.1/contract/{customerServiceNumber}", { params: { path } })),
      );
    },
  });
  if (found.error) return <ProblemNote problem={found.error} again={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton height={320} />;
  if (!found.data) return <Text>O contrato ainda não foi gerado.</Text>;
  return found.data.contracts.map((each, place) => (
    <FileView
      key={each.checksum}
      name={`contrato-${number}-${place + 1}.pdf`}
      type="application/pdf"
      base64={each.contract}
    />
  ));
}

function Signed({ number }: { number: string }) {
  const found = useQuery({
    queryKey: ["signed-contract", number],
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    queryFn: () => {
      const path = { customerServiceNumber: number };
      return orNone(
        ask(api.GET("/api/external/v2.1/contract/{customerServiceNumber}/signed", { params: { path } })),
      );
    },
  });
  if (found.error) return <ProblemNote problem={found.error} again={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton height={320} />;
  if (!found.data) return <Text>O contrato ainda não foi assinado.</Text>;
  const { signedAt, endorsements, contract } = found.data;
  return (
    <>
      <Text size="sm">
        Aceito em {formatMoment(signedAt)}; mostra {endorsements} endosso(s).
      </Text>
      <FileView name={`contrato-assinado-${number}.pdf`} type="application/pdf" base64={contract.contract} />
    </>
  );
}
