import { ProposalList } from "./ProposalList";
import { ProposalScreen } from "./ProposalScreen";

export default function Workstation({ path }: { path: readonly string[] }) {
  const [number] = path;
  return number === undefined ? <ProposalList /> : <ProposalScreen number={number} key={number} />;
}
