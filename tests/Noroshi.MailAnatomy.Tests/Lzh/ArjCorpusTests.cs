using System.Security.Cryptography;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Containers.Arj;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Lzh;

/// <summary>ARJ archives of every method against the stored ones.</summary>
public sealed class ArjCorpusTests
{
    private static OpenedContainer Open(string name, string? password = null)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Corpora.Folder("archives"), name));
        var format = new ArjFormat();
        format.Recognises(bytes).ShouldBeTrue();
        return format.Open(bytes, password);
    }

    private static Dictionary<string, string> Hashes(string name, string? password = null)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Open(name, password).Entries)
        {
            if (entry.Open is { } open)
            {
                using var stream = open();
                hashes[entry.Name[(entry.Name.LastIndexOf('/') + 1)..]] = Convert.ToHexString(SHA256.HashData(stream));
            }
        }

        return hashes;
    }

    [Theory]
    [InlineData("Arj.method1.arj")]
    [InlineData("Arj.method2.arj")]
    [InlineData("Arj.method3.arj")]
    [InlineData("Arj.method4.arj")]
    public void Every_method_gives_the_same_bytes_as_the_stored_archive(string name)
    {
        var stored = Hashes("Arj.store.arj");
        stored.Count.ShouldBe(3);

        Hashes(name).ShouldBe(stored, ignoreOrder: true);
    }

    [Theory]
    [InlineData("Arj.method1.largefile.arj")]
    [InlineData("Arj.method2.largefile.arj")]
    [InlineData("Arj.method3.largefile.arj")]
    [InlineData("Arj.method4.largefile.arj")]
    public void A_file_longer_than_the_history_is_unpacked(string name) => Hashes(name).ShouldBe(Hashes("Arj.store.largefile.arj"));

    [Fact]
    public void A_garbled_archive_is_listed_and_opens_with_its_password_only()
    {
        var locked = Open("Arj.encrypted.arj");
        locked.Info.Encrypted.ShouldBeTrue();
        locked.Info.Encryption.ShouldBe("arj-garble");
        locked.Entries.Count(entry => entry.Encrypted && !entry.IsDirectory && entry.Open is null).ShouldBe(3);

        var probe = new ArjFormat()
            .CreateProbe(File.ReadAllBytes(Path.Combine(Corpora.Folder("archives"), "Arj.encrypted.arj")))
            .ShouldNotBeNull();
        probe.Check("wrong").ShouldBeFalse();
        probe.Check("test").ShouldBeTrue();
        Hashes("Arj.encrypted.arj", "test").ShouldBe(Hashes("Arj.store.arj"), ignoreOrder: true);
    }

    [Fact]
    public void A_volume_is_noted_and_its_part_is_readable()
    {
        var opened = Open("Arj.store.split.arj");
        opened.Info.MultiVolume.ShouldBeTrue();
        opened.Entries.Single().Findings.ShouldContain(finding => finding.Code == "arj.volume");
    }
}
