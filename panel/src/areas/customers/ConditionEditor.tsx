import { ActionIcon, Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import type { Domains } from "./domains";
import {
  compare,
  FIELDS,
  fieldOf,
  freshPart,
  MOST_LEVELS,
  type Operator,
  operatorsOf,
  type Part,
  type Wrong,
} from "./trees";

const KINDS: { value: Part["kind"]; label: string }[] = [
  { value: "compare", label: "Compara um dado" },
  { value: "known", label: "O dado é conhecido" },
  { value: "all_of", label: "Todas estas" },
  { value: "any_of", label: "Qualquer destas" },
  { value: "not", label: "Não" },
];
const OPERATORS: Record<Operator, string> = {
  at_least: "a partir de",
  at_most: "até",
  among: "é um destes",
  is: "é",
};

type Props = {
  part: Part;
  /** As the API spells it, from the class on. */
  place: string;
  name: string;
  level: number;
  wrong: Wrong;
  domains: Domains;
  change: (part: Part) => void;
  remove?: () => void;
};

/** One part of a condition and all that is in it. */
export function ConditionEditor({ part, place, name, level, wrong, domains, change, remove }: Props) {
  const kinds = level < MOST_LEVELS ? KINDS : KINDS.slice(0, 2);
  const error = wrong[place];
  return (
    <Stack gap="xs" role="group" aria-label={name} className="branch">
      <Group gap="xs" align="flex-end">
        <NativeSelect
          label={`${name}, tipo`}
          value={part.kind}
          data={kinds}
          onChange={(event) => change(freshPart(event.currentTarget.value as Part["kind"]))}
        />
        {(part.kind === "compare" || part.kind === "known") && (
          <NativeSelect
            label="Dado"
            value={part.field}
            data={FIELDS.map((each) => ({ value: each.name, label: each.label }))}
            onChange={(event) => {
              const field = event.currentTarget.value;
              change(part.kind === "known" ? { ...part, field } : compare(field));
            }}
          />
        )}
        {part.kind === "compare" && <Value part={part} domains={domains} error={error} change={change} />}
        {remove && (
          <ActionIcon variant="default" size="lg" aria-label={`Remover ${name}`} onClick={remove}>
            ×
          </ActionIcon>
        )}
      </Group>
      {error && part.kind !== "compare" && (
        <Text size="sm" role="alert" className="minimum">
          {error}
        </Text>
      )}
      {part.kind === "not" && (
        <ConditionEditor
          part={part.part}
          place={`${place}.not`}
          name={`${name}.1`}
          level={level + 1}
          wrong={wrong}
          domains={domains}
          change={(inner) => change({ kind: "not", part: inner })}
        />
      )}
      {(part.kind === "all_of" || part.kind === "any_of") && (
        <>
          {part.parts.map((each, number) => (
            <ConditionEditor
              // Parts have no name of their own: their place is what they are.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={number}
              part={each}
              place={`${place}.${part.kind}.${number}`}
              name={`${name}.${number + 1}`}
              level={level + 1}
              wrong={wrong}
              domains={domains}
              change={(inner) =>
                change({ ...part, parts: part.parts.map((other, at) => (at === number ? inner : other)) })
              }
              {...(part.parts.length > 1
                ? { remove: () => change({ ...part, parts: part.parts.filter((_, at) => at !== number) }) }
                : {})}
            />
          ))}
          <Button
            size="compact-sm"
            variant="default"
            w="fit-content"
            aria-label={`Acrescentar parte em ${name}`}
            onClick={() => change({ ...part, parts: [...part.parts, freshPart()] })}
          >
            Acrescentar parte
          </Button>
        </>
      )}
    </Stack>
  );
}

type ValueProps = {
  part: Extract<Part, { kind: "compare" }>;
  domains: Domains;
  error: string | undefined;
  change: (part: Part) => void;
};

function Value({ part, domains, error, change }: ValueProps) {
  const { kind, list } = fieldOf(part.field);
  const operators = operatorsOf(part.field);
  if (kind === "choice") {
    return (
      <Checkbox.Group
        label="É um destes"
        value={part.chosen}
        onChange={(chosen) => change({ ...part, chosen })}
        error={error}
      >
        <Group gap="xs" className="choices">
          {domains(list ?? "").map((each) => (
            <Checkbox key={each.value} value={each.value} label={each.label} />
          ))}
        </Group>
      </Checkbox.Group>
    );
  }
  if (kind === "flag") {
    return (
      <NativeSelect
        label="É"
        value={part.value}
        data={[
          { value: "true", label: "Sim" },
          { value: "false", label: "Não" },
        ]}
        onChange={(event) => change({ ...part, value: event.currentTarget.value })}
      />
    );
  }
  return (
    <>
      <NativeSelect
        label="Como"
        value={part.operator}
        data={operators.map((each) => ({ value: each, label: OPERATORS[each] }))}
        onChange={(event) => change({ ...part, operator: event.currentTarget.value as Operator })}
      />
      <TextInput
        label="Valor"
        type={kind === "day" ? "date" : "text"}
        {...(kind === "cents" ? { inputMode: "decimal", placeholder: "15.000,00" } : {})}
        value={part.value}
        onChange={(event) => change({ ...part, value: event.currentTarget.value })}
        error={error}
      />
    </>
  );
}
