import { Button, Fieldset, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { api, ask } from "../../api/client";
import { useForm } from "../../ui/form";
import { ProblemNote } from "../../ui/ProblemNote";
import { ACCOUNTS, freshTarget, type Target, toBody } from "./payment";

/** Pay again to another account of the same borrower. Sent twice by a connection that broke it is paid once. */
export function PaymentRetry({ number, done }: { number: string; done: () => void }) {
  const { filled: target, change, submit, busy, problem } = useForm(`payment-${number}`, freshTarget);
  const text = (name: "pixKey" | "bank" | "agency" | "account", label: string) => (
    <TextInput
      label={label}
      required
      value={target[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );
  const body = toBody(target);

  const pay = async (key: string) => {
    if (body === null) return;
    const params = { path: { customerServiceNumber: number }, header: { "Idempotency-Key": key } };
    await ask(
      api.POST("/api/external/v2.1/proposals/{customerServiceNumber}/disbursement", { params, body }),
    );
  };

  return (
    <form
      onSubmit={(event) => submit(event, pay, done)}
      noValidate
      aria-label="Pagar em outra conta"
      className="unprinted"
    >
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
          <Button type="submit" loading={busy !== ""} disabled={body === null} w="fit-content">
            Pagar de novo
          </Button>
        </Stack>
      </Fieldset>
    </form>
  );
}
