using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;

namespace Noroshi.Server.Judgement;

/// <summary>How verdicts, cases, inquiries and registers are kept and answered.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16
)]
[JsonSerializable(typeof(GivenVerdict))]
[JsonSerializable(typeof(VerdictNote))]
[JsonSerializable(typeof(CaseFile))]
[JsonSerializable(typeof(CaseWords))]
[JsonSerializable(typeof(Inquiry))]
[JsonSerializable(typeof(ContactNote))]
[JsonSerializable(typeof(Disclosure))]
[JsonSerializable(typeof(Destination))]
[JsonSerializable(typeof(VerdictOrder))]
[JsonSerializable(typeof(CaseOrder))]
[JsonSerializable(typeof(CaseChange))]
[JsonSerializable(typeof(InquiryOrder))]
[JsonSerializable(typeof(AnswerOrder))]
[JsonSerializable(typeof(ContactOrder))]
[JsonSerializable(typeof(DisclosureOrder))]
[JsonSerializable(typeof(DeskOrder))]
[JsonSerializable(typeof(Page<IntakeRow>))]
[JsonSerializable(typeof(Page<CaseView>))]
[JsonSerializable(typeof(Page<InquiryView>))]
[JsonSerializable(typeof(Page<ContactNote>))]
[JsonSerializable(typeof(Page<Disclosure>))]
[JsonSerializable(typeof(Page<Destination>))]
[JsonSerializable(typeof(IReadOnlyList<CaseVersion>))]
[JsonSerializable(typeof(HandOver))]
[JsonSerializable(typeof(RetentionRun))]
[JsonSerializable(typeof(DeskReceipt))]
[JsonSerializable(typeof(Made))]
internal sealed partial class JudgementJson : JsonSerializerContext;

/// <summary>A list, or a part of one.</summary>
/// <param name="Items">What it holds.</param>
/// <param name="Next">Cursor of the next part; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Something was made.</summary>
internal sealed record Made(string Id, long Version);

/// <summary>Judge mails.</summary>
internal sealed record VerdictOrder(IReadOnlyList<string> Mails, Verdict Verdict, VerdictReason Reason, string? Note = null);

/// <summary>Open a case.</summary>
internal sealed record CaseOrder(
    string Title,
    IReadOnlyList<string>? Mails = null,
    IReadOnlyList<string>? Conversations = null,
    IReadOnlyList<string>? Provisions = null
);

/// <summary>Change a case; what is null stays.</summary>
/// <param name="Version">The version that the change rests on.</param>
/// <param name="Title">New title.</param>
/// <param name="Assignee">New assignee; empty: nobody.</param>
/// <param name="Comment">A comment to add.</param>
/// <param name="Verb">What it becomes.</param>
/// <param name="AddMails">Mails to add.</param>
/// <param name="RemoveMails">Mails to take out.</param>
/// <param name="AddConversations">Conversations to add.</param>
/// <param name="CommentAbout">Mail or provision of the case that the comment is about: it ends with it. Null: the case as a whole.</param>
internal sealed record CaseChange(
    long Version,
    string? Title = null,
    string? Assignee = null,
    string? Comment = null,
    CaseVerb? Verb = null,
    IReadOnlyList<string>? AddMails = null,
    IReadOnlyList<string>? RemoveMails = null,
    IReadOnlyList<string>? AddConversations = null,
    string? CommentAbout = null
);

/// <summary>A case as analysts see it.</summary>
internal sealed record CaseView(string Id, long Version, DateTimeOffset ChangedAt, CaseFile Case);

/// <summary>One version of a case.</summary>
internal sealed record CaseVersion(long Version, DateTimeOffset At, CaseFile Case);

/// <summary>Ask a provider or members.</summary>
internal sealed record InquiryOrder(
    InquiryKind Kind,
    DateTimeOffset Deadline,
    IReadOnlyList<string>? To = null,
    string? About = null,
    IReadOnlyList<ChecklistItem>? Checklist = null,
    string? Text = null,
    string? PermittedBy = null
);

/// <summary>Answer an inquiry.</summary>
internal sealed record AnswerOrder(string Text, string? Provision = null);

/// <summary>An inquiry as its reader may see it: a member sees its own answers only.</summary>
internal sealed record InquiryView(string Id, long Version, Inquiry Inquiry);

/// <summary>Write down a contact.</summary>
internal sealed record ContactOrder(string About, string How, DateTimeOffset At, string Text, string? With = null);

/// <summary>Write down a disclosure.</summary>
internal sealed record DisclosureOrder(
    string About,
    string To,
    string Basis,
    string What,
    DateTimeOffset? ProviderTold = null,
    string? WhyNotTold = null
);

/// <summary>What the public help desk takes down.</summary>
/// <param name="Consent">What the person agreed to.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Note">In the desk's words; no more personal data than needed.</param>
/// <param name="StatedEvents">What was told: calls, replies, openings.</param>
/// <param name="Mails">Mails, base64.</param>
/// <param name="Reference">The desk's own number: tells two calls apart.</param>
internal sealed record DeskOrder(
    DeskConsent Consent,
    string Reference,
    ProvisionKind Kind = ProvisionKind.Mail,
    string? Note = null,
    IReadOnlyList<StatedEvent>? StatedEvents = null,
    IReadOnlyList<byte[]>? Mails = null
);

/// <summary>What the desk is told.</summary>
internal sealed record DeskReceipt(string Number, string Id, bool Repeated);

/// <summary>The hand-over page of a day (引継ぎ).</summary>
/// <param name="Day">The day, JST.</param>
/// <param name="Cases">Cases that changed on it or are open.</param>
/// <param name="Waiting">Inquiries that somebody has not answered, the oldest deadline first.</param>
/// <param name="Contacts">Contacts of the day.</param>
/// <param name="Verdicts">Verdicts given on the day, by verdict.</param>
internal sealed record HandOver(
    DateOnly Day,
    IReadOnlyList<CaseView> Cases,
    IReadOnlyList<InquiryView> Waiting,
    IReadOnlyList<ContactNote> Contacts,
    IReadOnlyDictionary<string, int> Verdicts
);

/// <summary>Proof of a retention run.</summary>
/// <param name="Provisions">Provisions of which something ended.</param>
/// <param name="Evidence">Objects that no longer open.</param>
/// <param name="Documents">Documents that no longer open.</param>
/// <param name="Complete">False when more is due than one run ends.</param>
internal sealed record RetentionRun(int Provisions, int Evidence, int Documents, bool Complete);
