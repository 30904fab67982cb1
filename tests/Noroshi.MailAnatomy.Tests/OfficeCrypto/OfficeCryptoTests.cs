using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound;
using Noroshi.MailAnatomy.FileTypes.OfficeCrypto;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Makers;
using Noroshi.Makers.OfficeCrypto;
using Noroshi.Makers.OpenXml;
using Shouldly;
using Xunit;
using static Noroshi.MailAnatomy.Tests.OpenXml.OpenXmlTests;

namespace Noroshi.MailAnatomy.Tests.OfficeCrypto;

public sealed class OfficeCryptoTests
{
    private const string Password = "ぱすわーどabc1";
    private static readonly byte[] Letter = OpenXmlMaker.Letter().Build();

    [Theory]
    [InlineData("SHA1", 128)]
    [InlineData("SHA256", 256)]
    [InlineData("SHA384", 192)]
    [InlineData("SHA512", 256)]
    public void An_agile_lock_opens_with_its_password(string hash, int bits)
    {
        var locked = OfficeLocker.Agile(Letter, Password, new AgileChoices { Hash = hash, KeyBits = bits });
        var facts = With(locked, "letter.docx", Password);

        Opened(facts, $"office-agile-aes-{bits}", Letter);
        Values(facts.Children[0], "author").ShouldBe(["yamada"]);
    }

    [Fact]
    public void A_standard_lock_opens_with_its_password() =>
        Opened(With(OfficeLocker.Standard(Letter, Password), "letter.docx", Password), "office-standard-aes-128", Letter);

    [Theory]
    [InlineData(BinaryLock.Rc4, "office-rc4")]
    [InlineData(BinaryLock.CryptoApi, "office-rc4-cryptoapi")]
    [InlineData(BinaryLock.Xor, "office-xor")]
    public void A_binary_document_is_decrypted_in_place(BinaryLock by, string encryption)
    {
        var password = by == BinaryLock.Xor ? BinaryLocker.XorPassword : Password;
        foreach (
            var (name, locked, stream) in new[]
            {
                ("a.doc", BinaryLocker.Doc(by, password), "WordDocument"),
                ("a.xls", BinaryLocker.Xls(by, password), "Workbook"),
            }
        )
        {
            var facts = With(locked, name, password);

            facts.Type.ShouldBe(FileType.Office);
            facts.Encryption.ShouldBe(encryption);
            facts.Password.ShouldNotBeNull().Value.ShouldBe(password);
            var child = facts.Children.ShouldHaveSingleItem();
            child.Format.ShouldBe(facts.Format);
            child.Name.ShouldBe(name);
            child.Size.ShouldBe(locked.Length);
            Text(Unlocked(locked, password), stream).ShouldContain(BinaryLocker.Text);
            OfficeLocks.IsLocked(Unlocked(locked, password)).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_decrypted_workbook_differs_from_the_open_one_only_where_the_lock_stood()
    {
        var plain = Stream(BinaryLocker.Xls(BinaryLock.None, ""), "Workbook");
        foreach (var by in new[] { BinaryLock.Rc4, BinaryLock.CryptoApi, BinaryLock.Xor })
        {
            var unlocked = Stream(Unlocked(BinaryLocker.Xls(by, BinaryLocker.XorPassword), BinaryLocker.XorPassword), "Workbook");

            // BOF has 20 bytes; what follows FilePass is the same.
            unlocked[..20].ShouldBe(plain[..20]);
            unlocked[(unlocked.Length - plain.Length + 20)..].ShouldBe(plain[20..]);
        }
    }

    [Fact]
    public void A_presentation_is_decrypted_object_by_object()
    {
        var locked = BinaryLocker.Ppt(Password);
        var facts = With(locked, "a.ppt", Password);

        facts.Children.ShouldHaveSingleItem().Encryption.ShouldBe("office-rc4-cryptoapi");
        var text = Text(Unlocked(locked, Password), "PowerPoint Document");
        text.ShouldContain(BinaryLocker.Text);
        text[4_208..].ShouldContain(BinaryLocker.Text[..32]);
    }

    [Fact]
    public void Without_its_password_a_document_stays_a_locked_document()
    {
        var facts = With(OfficeLocker.Agile(Letter, Password), "letter.docx", "wrong");

        facts.Type.ShouldBe(FileType.Office);
        facts.Encrypted.ShouldBeTrue();
        facts.Password.ShouldBeNull();
        facts.Children.ShouldBeEmpty();
        Codes(facts).ShouldBe(["file.locked", "password.not-found"]);
    }

    [Fact]
    public void The_password_that_Excel_tries_itself_opens_without_anybody_asking()
    {
        foreach (
            var locked in new[]
            {
                OfficeLocker.Agile(OpenXmlMaker.Workbook(), "VelvetSweatshop"),
                BinaryLocker.Xls(BinaryLock.CryptoApi, "VelvetSweatshop"),
                BinaryLocker.Xls(BinaryLock.Xor, "VelvetSweatshop"),
            }
        )
        {
            var facts = Dissector.File(locked, "book.xlsx");

            facts.Children.Count.ShouldBe(1);
            facts.Password.ShouldNotBeNull().Value.ShouldBe("VelvetSweatshop");
            Codes(facts).ShouldContain(one => one == "officecrypto.default-password");
        }
    }

    [Fact]
    public void Content_that_was_changed_after_locking_is_noticed()
    {
        var facts = With(OfficeLocker.Agile(Letter, Password, new AgileChoices { Tampered = true }), "letter.docx", Password);

        Codes(facts).ShouldContain(one => one == "officecrypto.integrity");
        facts.Children.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("10000000")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999")]
    public void Key_costs_beyond_reason_are_never_paid(string spins)
    {
        var locked = OfficeLocker.Agile(Letter, Password, new AgileChoices { Spins = 1, StatedSpins = spins });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var facts = With(locked, "letter.docx", Password);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        Codes(facts).ShouldBe(["file.locked", "limit.office-key-cost"]);
    }

    [Fact]
    public void The_cost_of_a_check_is_declared_by_its_rounds()
    {
        var probe = new OfficeLockFormat().CreateProbe(
            OfficeLocker.Agile(Letter, Password, new AgileChoices { Spins = 1, StatedSpins = "100000" })
        );

        probe.ShouldNotBeNull().CostMilliseconds.ShouldBe(59, 1);
    }

    [Fact]
    public void The_same_document_in_any_container_gives_the_same_traits_and_the_same_hash()
    {
        var plain = Dissector.File(Letter, "letter.docx");
        var locked = OfficeLocker.Agile(Letter, "pass1234");
        var files = new List<MadeFile> { new("letter.docx", Letter), new("locked.docx", locked) };
        foreach (
            var archive in new[]
            {
                ZipMaker.Zip(files),
                ZipMaker.Zip(files, new ZipChoices { Lock = ZipLock.Aes256, Password = "pass1234" }),
                RarMaker.Rar5(files),
                Makers.Lzh.LzhMaker.Make(new Makers.Lzh.LzhMember("letter.docx", Letter), new Makers.Lzh.LzhMember("locked.docx", locked)),
            }
        )
        {
            var facts = With(archive, "outer", "pass1234");
            var letter = facts.Children.Single(child => child.Name == "letter.docx");
            var opened = facts.Children.Single(child => child.Name == "locked.docx").Children.ShouldHaveSingleItem();
            foreach (var one in new[] { letter, opened })
            {
                one.Sha256.ShouldBe(plain.Sha256);
                one.Traits.ShouldBe(plain.Traits);
                one.Format.ShouldBe("docx");
            }
        }
    }

    private static FileFacts With(byte[] bytes, string name, string password) =>
        Dissector.File(
            bytes,
            name,
            new DissectionRequest { Candidates = [new PasswordCandidate(password, "given", "test")], PasswordBudgetMilliseconds = 0 }
        );

    private static void Opened(FileFacts facts, string encryption, byte[] inner)
    {
        facts.Type.ShouldBe(FileType.Office);
        facts.Format.ShouldBe("ooxml");
        facts.Encrypted.ShouldBeTrue();
        facts.HeaderEncrypted.ShouldBeFalse();
        facts.Encryption.ShouldBe(encryption);
        facts.Password.ShouldNotBeNull().Value.ShouldBe(Password);
        var child = facts.Children.ShouldHaveSingleItem();
        child.Name.ShouldBe(facts.Name);
        child.Format.ShouldBe("docx");
        child.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(inner)));
        Codes(facts).ShouldBe(["password.found"]);
    }

    private static byte[] Unlocked(byte[] locked, string password)
    {
        var entry = new OfficeLockFormat().Open(locked, password).Entries.ShouldHaveSingleItem();
        using var target = new MemoryStream();
        using var stream = entry.Open.ShouldNotBeNull()();
        stream.CopyTo(target);
        return target.ToArray();
    }

    private static byte[] Stream(byte[] bytes, string name)
    {
        CompoundFile.TryOpen(bytes, out var file).ShouldBeTrue();
        return file.Read(file.FindStream(name) ?? throw new InvalidOperationException(name), bytes.Length);
    }

    private static string Text(byte[] bytes, string name) => Encoding.Latin1.GetString(Stream(bytes, name));
}
