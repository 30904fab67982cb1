using System.Globalization;
using System.Text.Json;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Indicators;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Story;

/// <summary>The published figures of both years come out of the mails by counting.</summary>
public sealed class StoryFigureTests
{
    private static readonly FileType[] MostDangerousFirst =
    [
        FileType.Executable,
        FileType.Shortcut,
        FileType.Script,
        FileType.Office,
        FileType.Justsystems,
        FileType.Pdf,
        FileType.EncryptedUnopened,
    ];

    [Theory]
    [InlineData("2013-03-31", 39)]
    [InlineData("2014-03-31", 46)]
    public void Organisations_are_counted_as_of_a_day(string day, int expected)
    {
        var at = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        var members = StoryMails
            .Story.Members.Organizations.Where(one =>
                one.JoinedOn is { } joined && joined <= at && (one.LeftOn is not { } left || left >= at)
            )
            .ToList();
        members.Count.ShouldBe(expected);
        members.Select(one => one.Group).Distinct(StringComparer.Ordinal).Count().ShouldBe(5);
    }

    [Theory]
    [InlineData(2012, 246)]
    [InlineData(2013, 385)]
    public void Provisions_by_members(int year, int expected) =>
        Lines(year)
            .Where(line => line.Intake == "member")
            .Select(line => line.Provision)
            .Distinct(StringComparer.Ordinal)
            .Count()
            .ShouldBe(expected);

    [Theory]
    [InlineData(2012, 160)]
    [InlineData(2013, 180)]
    public void Shared_items(int year, int expected)
    {
        var provided = Lines(year).Select(line => line.Provision).ToHashSet(StringComparer.Ordinal);
        var items = StoryMails.Story.World.Shares.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var shared = items.Where(item => FiscalYear(item.GetProperty("sharedAt").GetDateTimeOffset()) == year).ToList();
        shared.Count.ShouldBe(expected);
        shared.Count(item => item.GetProperty("origin").GetString() == "hub").ShouldBeInRange(1, 9);
        var merged = shared.SelectMany(item => item.GetProperty("provisions").EnumerateArray()).Select(one => one.GetString()).ToList();
        merged.Distinct(StringComparer.Ordinal).Count().ShouldBe(merged.Count);
        merged.ShouldAllBe(one => provided.Contains(one));
    }

    [Theory]
    [InlineData(2012, 7)]
    [InlineData(2013, 28)]
    public void Share_of_distinct_hosts_in_japan(int year, int expected)
    {
        var hosts = Judged(year)
            .SelectMany(one => one.Mail.Stated?.Destinations ?? [])
            .DistinctBy(one => one.Host, StringComparer.Ordinal)
            .ToList();
        Percent(hosts.Count(one => one.Country == "JP"), hosts.Count).ShouldBe(expected);
        hosts.ShouldAllBe(one => one.CountryAsOf != null && one.CountrySource == "seed" && one.Ip != null);
        hosts.Count(one => one.Hijacked == "suspected").ShouldBeGreaterThanOrEqualTo(year == 2013 ? 5 : 1);
    }

    [Theory]
    [InlineData(2012, 45)]
    [InlineData(2013, 8)]
    public void Share_of_office_documents_among_attachments(int year, int expected)
    {
        foreach (var withDesk in new[] { true, false })
        {
            var types = Judged(year)
                .Where(one => withDesk || one.Mail.Stated?.Intake != "desk")
                .Select(one => PayloadOf(one.Mail))
                .OfType<FileType>()
                .ToList();
            Percent(types.Count(type => type == FileType.Office), types.Count).ShouldBe(expected);
            types.Contains(FileType.Justsystems).ShouldBe(year == 2013);
            types.Contains(FileType.Shortcut).ShouldBe(year == 2013);
        }
    }

    [Fact]
    public void What_the_maker_put_in_is_what_the_dissection_finds()
    {
        foreach (
            var (story, mail) in StoryMails.Story.Mails.Where(one => one.Mail.Stated?.Verdict == "targeted" && one.Story.Payload.Length > 0)
        )
        {
            var found = PayloadOf(mail)?.ToString() ?? "";
            // The password of these comes in a mail of its own, or with nobody's mail.
            var locked = found == nameof(FileType.EncryptedUnopened);
            var made = story.Payload == "encrypted-unopened" ? nameof(FileType.EncryptedUnopened) : story.Payload;
            (locked || string.Equals(found, made, StringComparison.OrdinalIgnoreCase)).ShouldBeTrue($"{story.File}: {found} / {made}");
        }
    }

    [Fact]
    public void Share_of_free_mail_senders()
    {
        foreach (var withDesk in new[] { true, false })
        {
            var senders = Judged(2013)
                .Where(one => withDesk || one.Mail.Stated?.Intake != "desk")
                .Select(one => one.Mail.Facts.From?.Address)
                .OfType<string>()
                .ToList();
            var free = senders.Count(address => FreeMail.Classify(address[(address.LastIndexOf('@') + 1)..]) == MailServiceClass.Webmail);
            Percent(free, senders.Count).ShouldBe(86);
        }
    }

    [Fact]
    public void Everything_happens_in_the_two_years_at_members_and_each_provision_is_one_member_s()
    {
        foreach (var (story, mail) in StoryMails.Story.Mails)
        {
            FiscalYear(mail.Stated?.ProvidedAt ?? default).ShouldBe(FiscalYear(mail.ReceivedAt ?? default), story.File);
            if (mail.Stated?.Intake == "member")
            {
                var joined = StoryMails.Story.Members.Find(mail.Organization)?.JoinedOn.ShouldNotBeNull();
                joined.ShouldNotBeNull();
                DateOnly
                    .FromDateTime((mail.ReceivedAt ?? default).ToOffset(TimeSpan.FromHours(9)).Date)
                    .ShouldBeGreaterThanOrEqualTo(joined.Value, story.File);
            }
        }

        foreach (var provision in StoryMails.Story.Mails.GroupBy(one => one.Mail.Stated?.Provision, StringComparer.Ordinal))
        {
            provision.Select(one => one.Mail.Organization).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        }
    }

    private static IEnumerable<ManifestLine> Lines(int year) =>
        StoryMails
            .Story.Mails.Select(one => one.Mail.Stated)
            .OfType<ManifestLine>()
            .Where(line => FiscalYear(line.ProvidedAt ?? default) == year);

    private static IEnumerable<(Makers.Story.StoryMail Story, ProvidedMail Mail)> Judged(int year) =>
        StoryMails.Story.Mails.Where(one => one.Mail.Stated?.Verdict == "targeted" && FiscalYear(one.Mail.ReceivedAt ?? default) == year);

    private static FileType? PayloadOf(ProvidedMail mail)
    {
        var types = mail.AllFiles().Select(file => file.Type).ToHashSet();
        return types.Count == 0
            ? null
            : MostDangerousFirst.Cast<FileType?>().FirstOrDefault(type => types.Contains(type ?? default)) ?? FileType.Other;
    }

    private static int FiscalYear(DateTimeOffset at)
    {
        var japan = at.ToOffset(TimeSpan.FromHours(9));
        return japan.Month < 4 ? japan.Year - 1 : japan.Year;
    }

    private static int Percent(int part, int whole) => (int)Math.Round(100m * part / whole, MidpointRounding.AwayFromZero);
}
