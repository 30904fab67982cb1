using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.Makers.Story;

namespace Noroshi.Hub.Tests.Story;

/// <summary>The story world taken apart in this process, once for all tests.</summary>
internal sealed class StoryMails
{
    private static readonly Lazy<StoryMails> Told = new(() => new StoryMails(StoryWorld.Build()));
    private static readonly Lazy<StoryMails> ControlWorld = new(() => new StoryMails(StoryWorld.Build(control: true)));

    private StoryMails(StoryWorld world)
    {
        World = world;
        Members = Members.Read(world.Members);
        var lines = Manifest
            .Read(world.Manifest)
            .Where(line => line.File is not null)
            .ToDictionary(line => line.File ?? "", StringComparer.Ordinal);
        Mails = [.. world.Mails.Select(mail => (mail, Provided(mail, lines[mail.File])))];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Features =
        [
            .. Mails
                .Where(one => one.Mail.Direction == MailDirection.Inbound && one.Mail.Facts.Automatic is null)
                .OrderBy(one => one.Mail.ReceivedAt)
                .ThenBy(one => one.Mail.Key, StringComparer.Ordinal)
                .Select(one => FeaturesOf(one.Story, one.Mail, seen)),
        ];
    }

    /// <summary>The world.</summary>
    public static StoryMails Story => Told.Value;

    /// <summary>The world without what links the cases.</summary>
    public static StoryMails Control => ControlWorld.Value;

    /// <summary>As made.</summary>
    public StoryWorld World { get; }

    /// <summary>The community.</summary>
    public Members Members { get; }

    /// <summary>The mails.</summary>
    public IReadOnlyList<(StoryMail Story, ProvidedMail Mail)> Mails { get; }

    /// <summary>What the campaigns know of the mails from outside, in order of time.</summary>
    public IReadOnlyList<MailFeatures> Features { get; }

    /// <summary>Id of the exchange of a planted case.</summary>
    public static string IdOf(int number) => $"case-{number:00}";

    private ProvidedMail Provided(StoryMail mail, ManifestLine line)
    {
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
            Stated = line,
            Facts = facts,
        };
    }

    private MailFeatures FeaturesOf(StoryMail story, ProvidedMail mail, HashSet<string> seen)
    {
        var person = mail.Facts.Form?.PersonAddress ?? mail.Facts.From?.Address ?? mail.Key;
        var mass = mail.Stated?.Verdict is "mass" ? "mass/" : "";
        var exchange = story.Case > 0 ? IdOf(story.Case) : $"{mass}{mail.Organization}/{person.ToLowerInvariant()}";
        return FeatureExtraction.Of(mail, exchange, seen.Add(exchange), FeatureExtraction.ContextOf(Members.Find(mail.Organization)));
    }
}
