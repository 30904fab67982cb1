using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Server.Identity;
using Noroshi.Server.Intake;
using Noroshi.Server.Registers;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Hosting;

public sealed class HubHostTests
{
    [Fact]
    public async Task What_was_registered_and_provided_is_there_after_a_restart()
    {
        var root = Directory.CreateTempSubdirectory("noroshi-restart-").FullName;
        try
        {
            long number;
            await using (var hub = await TestHub.StartAsync(root))
            {
                var organizations = hub.Get<Register<Organization>>();
                await hub.Get<HubRecords>()
                    .ChangeAsync([], organizations.Put("power-a", new Organization { Id = "power-a", NameJa = "電力A" }));
                var receipt = await hub.Get<ProvisionIntake>()
                    .ReceiveAsync(
                        new Giving(
                            Actor.System,
                            new ProvisionHeader
                            {
                                Way = GivingWay.Api,
                                Intake = "member",
                                Organization = "power-a",
                                GivenBy = "",
                                ReceivedAt = default,
                            },
                            [Encoding.ASCII.GetBytes("Subject: x\r\n\r\ny")]
                        ),
                        TestContext.Current.CancellationToken
                    );
                number = receipt.Number;
            }

            await using var again = await TestHub.StartAsync(root);
            again.Get<Community>().Find("power-a")?.NameJa.ShouldBe("電力A");
            number.ShouldBe(1);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
