using System.Collections.Frozen;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Pipeline;

namespace Noroshi.Server.Notices;

/// <summary>Where mails to be sent are handed in. They are documents: what is committed is sent, also after a crash.</summary>
internal sealed class Notices(IHubStore store, NoticeOptions options, TimeProvider time)
{
    /// <summary><c>ja</c> or <c>en</c>.</summary>
    public string Language => options.Language;

    /// <summary>The document of a mail, for those who commit it together with other things.</summary>
    /// <param name="id">Unique id: handing in the same one again sends nothing twice. Holds a random part, no content.</param>
    /// <param name="template">Text.</param>
    /// <param name="to">To whom.</param>
    /// <param name="values">What stands in the text's places.</param>
    /// <param name="about">The provision that it is about, with which it is erased; and its date, before which it is not sent (null: now).</param>
    public NewDocument Queue(
        string id,
        NoticeTemplate template,
        NoticeRecipient to,
        IReadOnlyDictionary<string, string> values,
        (ProvisionId? Provision, DateTimeOffset? At) about = default
    )
    {
        var notice = new Notice
        {
            Template = template,
            To = to,
            Values = values.ToFrozenDictionary(StringComparer.Ordinal),
            Language = options.Language,
            At = about.At ?? time.GetUtcNow(),
        };
        // What cannot be rendered is the caller's mistake and is said to him, not to the outbox.
        _ = new NoticeMail(options).Of(id, notice, "check@check.invalid", "hub");
        return new NewDocument(about.Provision, DocumentKinds.Outgoing, RetentionClass.PersonalData, notice.ToJson(), id);
    }

    /// <summary>Hands a mail in by itself; durable when the task ends.</summary>
    public Task QueueAsync(NewDocument mail, params IReadOnlyList<JournalRecord> journal) =>
        store.Steps.AppendAsync(new HubChange { Documents = [mail], Journal = journal });
}
