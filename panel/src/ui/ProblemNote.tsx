import { Alert, Button, Code, List, Stack, Text } from "@mantine/core";
import { Problem } from "../api/problem";

/** What went wrong, what to do about it, and the number to quote. */
export function ProblemNote({ problem, again }: { problem: unknown; again?: () => void }) {
  if (problem === null || problem === undefined) return null;
  const told = problem instanceof Problem ? problem : null;
  return (
    <Alert color="red" variant="outline" role="alert" title={told?.detail ?? "Algo deu errado nesta página."}>
      <Stack gap="xs">
        {told && told.fields.length > 0 && (
          <List size="sm">
            {told.fields.map((wrong) => (
              <List.Item key={`${wrong.field}-${wrong.rule}`}>
                <Code>{wrong.field}</Code> {wrong.message}
              </List.Item>
            ))}
          </List>
        )}
        <Text size="sm">{told?.advice ?? "Recarregue a página."}</Text>
        {told?.requestId && (
          <Text size="xs" className="fits">
            Requisição <Code>{told.requestId}</Code>
          </Text>
        )}
        {again && (
          <Button size="xs" variant="default" onClick={again} w="fit-content">
            Tentar de novo
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
