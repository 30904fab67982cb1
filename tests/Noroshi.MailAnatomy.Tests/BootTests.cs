namespace Noroshi.MailAnatomy.Tests; public sealed class BootTests { [Xunit.Fact] public void Boots() => Xunit.Assert.True(true); }
