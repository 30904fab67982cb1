using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Storage;
using Noroshi.Server.Notices.Steps;

namespace Noroshi.Server.Notices.Answering;

/// <summary>The answers as documents (kind <c>answer</c>, subject: the provision's id), and the mails that tell them.</summary>
internal sealed class AnswerRecords(IHubStore store, AddressBook addresses, Notices notices, NoticeRate rate)
{
    /// <summary>Kind of the documents.</summary>
    public const string Kind = "answer";

    /// <summary>
    /// Answers become visible at multiples of this after the reception: how long the work took, and with it what it came across, shows in
    /// nothing.
    /// </summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>The versions so far, oldest first, and the position of the newest (0 for none).</summary>
    public async Task<(IReadOnlyList<Answer> Versions, long Position)> OfAsync(ProvisionId provision, CancellationToken cancellation)
    {
        var entries = await store.Steps.OfSubjectAsync(Kind, provision.ToString(), cancellation);
        return (
            [.. entries.Where(entry => entry.Body is { IsEmpty: false }).Select(entry => Answer.FromJson((entry.Body ?? default).Span))],
            entries.Count == 0 ? 0 : entries[^1].Position
        );
    }

    /// <summary>The first beat after reception that is not over.</summary>
    public static DateTimeOffset Release(DateTimeOffset received, DateTimeOffset now)
    {
        var beats = Math.Max(1, (long)Math.Ceiling((now - received) / Beat));
        return received + (Beat * beats);
    }

    /// <summary>What to write of an answer: itself, and the mail with its journal record when its giver has an address on file.</summary>
    /// <param name="provision">Provision.</param>
    /// <param name="header">Its header.</param>
    /// <param name="answer">Answer.</param>
    /// <param name="version">Number of the version.</param>
    /// <param name="quiet">Only the document.</param>
    public Handled Written(ProvisionId provision, ProvisionHeader header, Answer answer, int version, bool quiet)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var document = new NewDocument(provision, Kind, RetentionClass.Result, answer.ToJson(), provision.ToString());
        if (quiet || addresses.GiverOf(header) is not { } giver || !rate.Allows(giver, answer.At))
        {
            return new Handled { Documents = [document] };
        }

        var mail = notices.Queue(
            $"answer-{provision}-{version}",
            answer.Basis == AnswerBasis.Analyst ? NoticeTemplate.AnalystAnswer : NoticeTemplate.Answer,
            giver,
            ValuesOf(provision, answer, notices.Language),
            (provision, answer.At)
        );
        return new Handled
        {
            Documents = [document, mail],
            Journal = [new JournalRecord("system", JournalActions.ProvisionAnswered, provision.ToString(), giver.Name)],
        };
    }

    private static Dictionary<string, string> ValuesOf(ProvisionId provision, Answer answer, string language)
    {
        var japanese = language == "ja";
        string In((string Ja, string En) words) => japanese ? words.Ja : words.En;
        var reasons = answer
            .Reasons.Select(AnswerReasons.Find)
            .OfType<AnswerReason>()
            .Select(reason => In((reason.Ja, reason.En)))
            .ToList();
        if (answer.SameAs is { } same)
        {
            reasons.Add(In(AnswerWords.Same(same)));
        }

        if (reasons.Count == 0)
        {
            reasons.Add(In(AnswerWords.NoReason));
        }

        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["receipt"] = ReceiptCode.Of(provision),
            ["answer"] = In(AnswerWords.Headline(answer.Kind)),
            ["basis"] = In(AnswerWords.Basis(answer.Basis)),
            ["at"] = JapanTime.Text(answer.At, language),
            ["reasons"] = string.Join('\n', reasons.Select(reason => (japanese ? "・" : "  - ") + reason)),
            ["advice"] = In(AnswerWords.Advice(answer.Kind)),
        };
    }
}
