using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Server.Pipeline.Jail;

/// <summary>What became of one request.</summary>
/// <param name="Frames">The last frame of each member in the order of their first; empty when they were handed out as they came.</param>
/// <param name="Findings">What happened to the worker; empty when all went well.</param>
/// <param name="Unparseable">Neither the first try nor the retry gave a frame.</param>
internal sealed record WorkerOutcome(IReadOnlyList<AnatomyFrame> Frames, IReadOnlyList<Finding> Findings, bool Unparseable);
