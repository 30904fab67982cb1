using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Storage;
using Noroshi.Server.Notices.Answering;
using Noroshi.Server.Pipeline;

namespace Noroshi.Server.Notices.Steps;

/// <summary>
/// Answers a provision when its mails are taken apart. The dissection writes all mails of a provision in one transaction, so the first of them
/// finds all; the further ones find the answer given. A later dissection that opens more gives a new version.
/// </summary>
internal sealed class AnswerStep(IHubStore store, OwnBooks books, AnswerRecords answers, TimeProvider time)
{
    /// <summary>The step.</summary>
    public static Step Step { get; } = new("answer", DocumentKinds.Mail);

    /// <summary>The answer to the provision of a mail.</summary>
    public async Task<Handled> HandleAsync(StepEntry entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (
            entry.Entry.Provision is not { } id
            || await ProvisionHeaders.FindAsync(store, id, cancellation) is not { } header
            || await MailsAsync(id, cancellation) is not { Mails: [_, ..] mails } found
        )
        {
            return Handled.Nothing;
        }

        var (versions, _) = await answers.OfAsync(id, cancellation);
        if (versions.Any(one => one.Basis == AnswerBasis.Analyst) || IsAnswered(versions, mails, entry.Entry.Position, found.Newest))
        {
            return Handled.Nothing;
        }

        var answer = await AnswerAsync(id, header, found, cancellation);
        if (versions is [.., var last] && last.SaysTheSame(answer))
        {
            return Handled.Nothing;
        }

        var quiet = answer.Kind < AnswerKind.HoldReply && await AutomaticInput.IsAsync(store, id, header, cancellation);
        return answers.Written(id, header, answer, versions.Count + 1, quiet);
    }

    /// <summary>The answer rests on these mails already; a version of a mail that came after the others is looked at anew.</summary>
    private static bool IsAnswered(IReadOnlyList<Answer> versions, IReadOnlyList<MailDocument> mails, long position, long newest) =>
        versions is [.., var last]
        && position < newest
        && last.Mails.SequenceEqual(mails.Select(one => one.Mail.Key).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private async Task<Answer> AnswerAsync(
        ProvisionId id,
        ProvisionHeader header,
        (IReadOnlyList<MailDocument> Mails, long Newest) found,
        CancellationToken cancellation
    )
    {
        var given = found.Mails.Select(one => one.Known).ToList();
        var held = found.Mails.Any(one => one.Held);
        var organization = given[0].Mail.Organization ?? header.Organization;
        if (!held)
        {
            await books.CatchUpAsync(cancellation);
        }

        // What waits in quarantine may not be the organisation's: then the content alone answers.
        var material = held
            ? new OwnMaterial { Given = given }
            : await books.MaterialAsync(given, organization, found.Newest, cancellation);
        var reasons = OwnView.Of(material);
        var same = held ? null : books.SameBefore(given, organization, id, found.Newest);
        return new Answer
        {
            Kind = AnswerReasons.Gravest(reasons),
            Basis = AnswerBasis.Automatic,
            At = AnswerRecords.Release(header.ReceivedAt, time.GetUtcNow()),
            Reasons = reasons,
            SameAs = same is { } earlier ? ReceiptCode.Of(earlier) : null,
            Mails = [.. given.Select(one => one.Mail.Key).Order(StringComparer.Ordinal)],
        };
    }

    private async Task<(IReadOnlyList<MailDocument> Mails, long Newest)> MailsAsync(ProvisionId id, CancellationToken cancellation)
    {
        var entries = await store.Steps.OfProvisionAsync(id, DocumentKinds.Mail, cancellation);
        var mails = entries
            .GroupBy(entry => entry.Subject, StringComparer.Ordinal)
            .Select(versions => MailDocument.Read(versions.MaxBy(entry => entry.Position) ?? versions.First()))
            .OfType<MailDocument>()
            .OrderBy(one => one.Mail.Key, StringComparer.Ordinal)
            .ToList();
        return (mails, entries.Count == 0 ? 0 : entries.Max(entry => entry.Position));
    }
}

/// <summary>Headers of provisions.</summary>
internal static class ProvisionHeaders
{
    /// <summary>The header; null when there is no such provision, or it was erased or withdrawn.</summary>
    public static async Task<ProvisionHeader?> FindAsync(IHubStore store, ProvisionId id, CancellationToken cancellation)
    {
        if (await store.Intake.FindAsync(id, cancellation) is null)
        {
            return null;
        }

        var entries = await store.Steps.OfProvisionAsync(id, DocumentKinds.Provision, cancellation);
        if (await store.Steps.LatestAsync(DocumentKinds.Withdrawal, id.ToString(), cancellation) is not null)
        {
            return null;
        }

        return entries is [{ Body: { IsEmpty: false } body }, ..] ? ProvisionHeader.FromJson(body.Span) : null;
    }
}
