import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { readAnew } from "./anew";

it("reads what was written while the first read was under way", async () => {
  const rows: string[] = [];
  const answers: (() => void)[] = [];
  const observer = new QueryObserver(new QueryClient(), {
    queryKey: ["people"],
    queryFn: () => {
      const seen = [...rows];
      return new Promise<string[]>((tell) => answers.push(() => tell(seen)));
    },
  });
  observer.subscribe(() => {});
  const found = observer.getCurrentResult();
  expect(found.isLoading).toBe(true);
  rows.push("Davi");
  const done = readAnew(found);
  answers.shift()?.();
  await expect.poll(() => answers.length).toBe(1);
  answers.shift()?.();
  await done;
  expect(observer.getCurrentResult().data).toEqual(["Davi"]);
});
