using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.Server.Pipeline;
using Noroshi.Server.Registers;
using Noroshi.Server.Sharing;
using Noroshi.Server.Tests.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Sharing;

/// <summary>Words that mails showed end with the last mail that showed them.</summary>
public sealed class HarvestedWordsTests
{
    private static readonly Organization Power = new() { Id = "power-a", Domains = ["power-a.example"] };

    [Fact]
    public async Task A_word_stays_as_long_as_one_mail_shows_it()
    {
        var words = new HarvestedWords();
        words.Add(Mail("m1", "hanako@power-a.example"), Power);
        words.Add(Mail("m2", "hanako@power-a.example"), Power);
        words.Add(Mail("m3", "taro@power-a.example"), Power);
        // The same mail again counts once.
        words.Add(Mail("m1", "hanako@power-a.example"), Power);
        Values(words).ShouldBe(["hanako@power-a.example", "taro@power-a.example"], StringComparer.Ordinal);

        var version = words.Version;
        await words.ForgetAsync(Of("m1"), Hubs.Token);
        Values(words).Count.ShouldBe(2);
        await words.ForgetAsync(Of("m2"), Hubs.Token);
        await words.ForgetAsync(Of("m2"), Hubs.Token);
        Values(words).ShouldBe(["taro@power-a.example"], StringComparer.Ordinal);
        words.Version.ShouldBeGreaterThan(version);
    }

    [Fact]
    public async Task The_gate_of_a_hub_forgets_the_recipients_of_an_erased_provision()
    {
        await using var hub = await SharingHub.StartAsync("aoba");
        var book = hub.Hub.Get<HarvestedWords>();
        book.All().ShouldContain(one => one.Owner == "aoba");
        using var provider = hub.Member("aoba");
        using var gone = await provider.DeleteAsync($"/api/v1/provisions/{Guid.ParseExact(hub.ProvisionOf("aoba"), "N")}", Hubs.Token);
        gone.EnsureSuccessStatusCode();
        book.All().ShouldNotContain(one => one.Owner == "aoba");
    }

    private static IReadOnlyList<string> Values(HarvestedWords words) =>
        [
            .. words
                .All()
                .Select(one => one.Value)
                .Where(value => value.Contains('@', StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    private static Erased Of(string key) => new([], [], [(DocumentKinds.Mail, key)]);

    private static ProvidedMail Mail(string key, string to)
    {
        var estate = Estates.Of(Power);
        var raw = Encoding.ASCII.GetBytes($"From: a@free.example\r\nTo: <{to}>\r\nMessage-ID: <{key}@free.example>\r\n\r\ntext\r\n");
        return new ProvidedMail
        {
            Key = key,
            File = key,
            Organization = Power.Id,
            Channel = "mail",
            Facts = Dissector.Mail(raw, new DissectionRequest { Estate = estate, PasswordBudgetMilliseconds = 0 }),
        };
    }
}
