using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Storage;
using Noroshi.Server.Notices.Answering;
using Noroshi.Server.Pipeline;

namespace Noroshi.Server.Notices.Steps;

/// <summary>
/// Keeps the promise of an answer within a minute also when there is no mail to be taken apart, or its dissection takes longer: then the
/// answer is that it cannot be told yet, and why.
/// </summary>
internal sealed class LateAnswerStep(IHubStore store, AnswerRecords answers, TimeProvider time)
{
    /// <summary>So long it waits for the dissection.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(44);

    /// <summary>The step.</summary>
    public static Step Step { get; } = new("answer-late", DocumentKinds.Provision);

    /// <summary>The answer to a provision that has none.</summary>
    public async Task<Handled> HandleAsync(StepEntry entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Entry is not { Body: { IsEmpty: false } body, Provision: { } id })
        {
            return Handled.Nothing;
        }

        var header = ProvisionHeader.FromJson(body.Span);
        var now = time.GetUtcNow();
        var hasMail = header is { Kind: ProvisionKind.Mail, Items.Count: > 0 };
        if (hasMail && now < header.ReceivedAt + Patience)
        {
            return new Handled { Later = header.ReceivedAt + Patience - now, Reason = "dissection" };
        }

        var (versions, _) = await answers.OfAsync(id, cancellation);
        if (versions.Count > 0)
        {
            return Handled.Nothing;
        }

        string reason = hasMail ? AnswerReasons.Unfinished : AnswerReasons.NoMail;
        var answer = new Answer
        {
            Kind = AnswerReasons.Gravest([reason]),
            Basis = AnswerBasis.Automatic,
            At = AnswerRecords.Release(header.ReceivedAt, now),
            Reasons = [reason],
        };
        var quiet = await AutomaticInput.IsAsync(store, id, header, cancellation);
        return answers.Written(id, header, answer, 1, quiet);
    }
}
