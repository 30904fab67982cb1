using CsCheck;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Intake;

public sealed class ReceiptCodeTests
{
    [Fact]
    public void A_code_is_read_back_however_people_write_it() =>
        Gen.Guid.Sample(id =>
        {
            var code = ReceiptCode.Of(new ProvisionId(id));
            code.Length.ShouldBe(14);
            ReceiptCode.Read(code).ShouldBe(code);
            ReceiptCode.Read($" {code.Replace('-', ' ').ToLowerInvariant()} ").ShouldBe(code);
            ReceiptCode.Read(code.Replace('0', 'O').Replace('1', 'l')).ShouldBe(code);
        });

    [Fact]
    public void Letters_that_changed_places_are_noticed() =>
        Gen.Select(Gen.Guid, Gen.Int[0, 2])
            .Sample(
                (id, at) =>
                {
                    var code = ReceiptCode.Of(new ProvisionId(id)).ToCharArray();
                    var same = code[at] == code[at + 1] || (code[at] is '0' or 'Z' && code[at + 1] is '0' or 'Z');
                    (code[at], code[at + 1]) = (code[at + 1], code[at]);
                    (ReceiptCode.Read(new string(code)) is null).ShouldBe(!same);
                }
            );

    [Theory]
    [InlineData("")]
    [InlineData("7K3F-9Q2M")]
    [InlineData("7K3F-9Q2M-04TU")]
    [InlineData("!!!!-!!!!-!!!!")]
    public void What_is_no_code_is_none(string text) => ReceiptCode.Read(text).ShouldBeNull();
}
