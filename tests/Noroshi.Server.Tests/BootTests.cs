namespace Noroshi.Server.Tests; public sealed class BootTests { [Xunit.Fact] public void Boots() => Xunit.Assert.True(true); }
