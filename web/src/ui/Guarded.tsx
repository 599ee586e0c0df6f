import { Component, type ReactNode } from "react";
import { ErrorNote } from "./ErrorNote";
import { askAgain } from "./late";

interface Props {
  /* Where it is: a fault is left behind there. */
  at?: string;
  /* What to do instead of showing the fault here: its place then stays empty. */
  onFault?: (error: unknown) => void;
  children: ReactNode;
}

interface State {
  fault: { error: unknown } | null;
}

/* What cannot be drawn, mostly since its code cannot be fetched, is said in its place; all around it
   stays. Without this, React takes the whole app away. */
export class Guarded extends Component<Props, State> {
  override state: State = { fault: null };

  static getDerivedStateFromError(error: unknown): State {
    return { fault: { error } };
  }

  override componentDidCatch(error: unknown): void {
    if (!this.props.onFault) return;
    this.props.onFault(error);
    this.again();
  }

  override componentDidUpdate(before: Props, was: State): void {
    const { fault } = this.state;
    if (fault && fault === was.fault && before.at !== this.props.at) this.again();
  }

  private readonly again = () => {
    askAgain();
    this.setState({ fault: null });
  };

  override render(): ReactNode {
    const { fault } = this.state;
    if (!fault) return this.props.children;
    return this.props.onFault ? null : <ErrorNote error={fault.error} onRetry={this.again} />;
  }
}
