import { Button, Fieldset, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { api, ask } from "../../api/client";
import { useDraft } from "../../ui/draft";
import { ProblemNote } from "../../ui/ProblemNote";
import { ACCOUNTS, freshTarget, type Target, toBody } from "./payment";

/** Pay again to another account of the same borrower. Sent twice by a connection that broke it is paid once. */
export function PaymentRetry({ number, done }: { number: string; done: () => void }) {
  const [target, keep, clear] = useDraft<Target>(`payment-${number}`, freshTarget);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change = (changes: Partial<Target>) => keep({ ...target, ...changes, key: crypto.randomUUID() });
  const text = (name: "pixKey" | "bank" | "agency" | "account", label: string) => (
    <TextInput
      label={label}
      required
      value={target[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );
  const body = toBody(target);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (body === null) return;
    setBusy(true);
    setProblem(null);
    try {
      const params = { path: { customerServiceNumber: number }, header: { "Idempotency-Key": target.key } };
      await ask(
        api.POST("/api/external/v2.1/proposals/{customerServiceNumber}/disbursement", { params, body }),
      );
      clear();
      done();
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  }

  return (
    <form onSubmit={submit} noValidate aria-label="Pagar em outra conta" className="unprinted">
      <Fieldset legend="Pagar em outra conta do cliente">
        <Stack gap="xs">
          <NativeSelect
            label="Como"
            maw={320}
            value={target.way}
            data={[
              { value: "pix", label: "Chave Pix" },
              { value: "account", label: "Conta bancária" },
            ]}
            onChange={(event) => change({ way: event.currentTarget.value as Target["way"] })}
          />
          {target.way === "pix" ? (
            text("pixKey", "Chave Pix")
          ) : (
            <Group align="flex-start">
              {text("bank", "Código do banco")}
              <NativeSelect
                label="Tipo de conta"
                value={target.type}
                data={Object.entries(ACCOUNTS).map(([value, label]) => ({ value, label }))}
                onChange={(event) => change({ type: event.currentTarget.value as Target["type"] })}
              />
              {text("agency", "Agência")}
              {text("account", "Conta com dígito")}
            </Group>
          )}
          <ProblemNote problem={problem} />
          <Button type="submit" loading={busy} disabled={body === null} w="fit-content">
            Pagar de novo
          </Button>
        </Stack>
      </Fieldset>
    </form>
  );
}
