using Noroshi.Hub.Sharing.Gate;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Sharing;

/// <summary>A domain names its owner by one label alone, wherever that stands.</summary>
public sealed class OwnLabelTests
{
    [Theory]
    [InlineData("aobadenryoku.co.jp", "http://aobadenryoku.bad.example/a")]
    [InlineData("aobadenryoku.local", "http://aobadenryoku.bad.example/a")]
    [InlineData("mx1.aoba-denryoku.internal", "http://bad.example/aoba-denryoku/view")]
    [InlineData("aoba-denryoku.example", "file_aobadenryoku.zip")]
    public void The_label_of_an_owner_blocks_also_below_a_suffix_that_no_list_knows(string domain, string text)
    {
        var gate = new LeakGate([new IdentityTerm("power-a", IdentityKind.Domain, domain)]);
        gate.Inspect(text).Verdict.ShouldBe(GateVerdict.Blocked);
        gate.Inspect("http://bad.example/view").Verdict.ShouldBe(GateVerdict.Clear);
    }

    [Fact]
    public void A_public_suffix_alone_names_nobody()
    {
        var gate = new LeakGate([new IdentityTerm("power-a", IdentityKind.Domain, "co.jp")]);
        gate.Inspect("http://co.bad.example/").Verdict.ShouldBe(GateVerdict.Clear);
    }
}
