using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.MailAnatomy;
using Noroshi.Makers.Story;

namespace Noroshi.Hub.Tests.Story;

/// <summary>The story world taken apart in this process, once for all tests.</summary>
internal sealed class StoryMails
{
    private static readonly Lazy<StoryMails> Told = new(() => new StoryMails(StoryWorld.Build(), null));
    private static readonly Lazy<StoryMails> ControlWorld = new(() => new StoryMails(StoryWorld.Build(control: true), Told.Value));

    private readonly Dictionary<string, (StoryMail Story, ProvidedMail Mail)> _byFile;

    /// <param name="world">The world.</param>
    /// <param name="taken">A world that has been taken apart: what is the same in both is not done twice.</param>
    private StoryMails(StoryWorld world, StoryMails? taken)
    {
        World = world;
        Members = Members.Read(world.Members);
        var lines = Manifest.Read(world.Manifest);
        Stated = [.. lines.Where(line => line.File is null)];
        var byFile = lines.Where(line => line.File is not null).ToDictionary(line => line.File ?? "", StringComparer.Ordinal);
        Mails = [.. world.Mails.Select(mail => (mail, Provided(mail, byFile[mail.File], taken)))];
        Known = [.. Mails.Select(one => KnownMail.Of(one.Mail, Members.Find(one.Mail.Organization)))];
        _byFile = Mails.ToDictionary(one => one.Story.File, StringComparer.Ordinal);
    }

    /// <summary>The world, taken apart.</summary>
    public static StoryMails Story => Told.Value;

    /// <summary>The world without what links the cases.</summary>
    public static StoryMails Control => ControlWorld.Value;

    /// <summary>As made.</summary>
    public StoryWorld World { get; }

    /// <summary>The community.</summary>
    public Members Members { get; }

    /// <summary>The mails.</summary>
    public IReadOnlyList<(StoryMail Story, ProvidedMail Mail)> Mails { get; }

    /// <summary>What a run keeps of them.</summary>
    public IReadOnlyList<KnownMail> Known { get; }

    /// <summary>What was told by telephone.</summary>
    public IReadOnlyList<ManifestLine> Stated { get; }

    /// <summary>Case of a mail; 0 for none.</summary>
    public int CaseOf(string key) => _byFile[key].Story.Case;

    private ProvidedMail Provided(StoryMail mail, ManifestLine line, StoryMails? taken)
    {
        if (
            taken is not null
            && taken._byFile.TryGetValue(mail.File, out var same)
            && same.Story.Line == mail.Line
            && same.Story.Bytes.AsSpan().SequenceEqual(mail.Bytes)
        )
        {
            return same.Mail;
        }

        var estate = Estates.Of(Members.Find(line.Organization));
        var facts = Dissector.Mail(mail.Bytes, new DissectionRequest { Estate = estate, PasswordBudgetMilliseconds = 60 });
        return new ProvidedMail
        {
            Key = mail.File,
            File = mail.File,
            Organization = line.Organization,
            Window = line.Window,
            Direction = line.Direction ?? Estates.DirectionOf(facts, estate),
            Channel = line.Channel ?? (facts.Form is null ? "mail" : "form"),
            ReceivedAt = line.ReceivedAt ?? facts.ReceivedAt ?? facts.SentAt,
            TimeSource =
                line.ReceivedAt is not null ? "manifest"
                : facts.ReceivedAt is not null ? "received"
                : "date",
            Stated = line,
            Facts = facts,
        };
    }
}
