import { Button, Group, Text } from "@mantine/core";
import type { FormState } from "./form";
import { ProblemNote } from "./ProblemNote";

type Props = { form: FormState; send: string; undo?: string; back?: string };

/** What stands below the fields of a form: what it was refused with, sending it, and leaving it as it was. */
export function FormEnd({ form, send, undo = "Desfazer", back }: Props) {
  return (
    <>
      <ProblemNote problem={form.problem} />
      <Group>
        <Button type="submit" loading={form.busy !== ""}>
          {send}
        </Button>
        {back && (
          <Button variant="default" component="a" href={back}>
            Voltar
          </Button>
        )}
        <Button variant="default" onClick={form.clear} disabled={form.busy !== ""}>
          {undo}
        </Button>
        {form.shown && Object.keys(form.wrong).length > 0 && (
          <Text role="alert" size="sm">
            Corrija os campos marcados.
          </Text>
        )}
      </Group>
    </>
  );
}
