"""The words that the H5P core itself says in the browser, in the language that is active on the server."""

from django.utils.translation import gettext as _


def core_words() -> dict[str, str]:
    """Every word by the core's key for it; `:name` and `%name` are the core's own placeholders."""
    return {**buttons(), **licences(), **dialogs(), **offline()}


def buttons() -> dict[str, str]:
    """What stands on buttons and beside them."""
    return {
        "fullscreen": _("Full screen"),
        "disableFullscreen": _("Leave full screen"),
        "download": _("Download"),
        "copyrights": _("Rights of use"),
        "embed": _("Embed"),
        "size": _("Size"),
        "width": _("Width"),
        "height": _("Height"),
        "showAdvanced": _("Show advanced"),
        "hideAdvanced": _("Hide advanced"),
        "advancedHelp": _("Include this script in your site if you want the content to adapt its size:"),
        "close": _("Close"),
        "reuse": _("Reuse"),
        "reuseContent": _("Reuse content"),
        "reuseDescription": _("Reuse this content."),
        "downloadDescription": _("Download this content as an H5P file."),
        "copyrightsDescription": _("View information about the rights of use."),
        "embedDescription": _("View the code for embedding this content."),
        "h5pDescription": _("Visit H5P.org to see more content."),
        "contentType": _("Content type"),
        "editCopyright": _("Edit rights of use"),
        "editSubContent": _("Edit the part"),
    }


def licences() -> dict[str, str]:
    """What licences and their parts are called."""
    return {
        "copyrightInformation": _("Rights of use"),
        "noCopyrights": _("Nothing is known about the rights of this content."),
        "title": _("Title"),
        "author": _("Author"),
        "year": _("Year"),
        "years": _("Years"),
        "yearsFrom": _("From"),
        "yearsTo": _("To"),
        "source": _("Source"),
        "license": _("Licence"),
        "licenseExtras": _("More about the licence"),
        "changelog": _("Changes"),
        "thumbnail": _("Preview"),
        "licenseU": _("Undisclosed"),
        "licenseCCBY": _("Attribution"),
        "licenseCCBYSA": _("Attribution, share alike"),
        "licenseCCBYND": _("Attribution, no derivatives"),
        "licenseCCBYNC": _("Attribution, not commercial"),
        "licenseCCBYNCSA": _("Attribution, not commercial, share alike"),
        "licenseCCBYNCND": _("Attribution, not commercial, no derivatives"),
        "licenseCC40": _("4.0 International"),
        "licenseCC30": _("3.0 Unported"),
        "licenseCC25": _("2.5 Generic"),
        "licenseCC20": _("2.0 Generic"),
        "licenseCC10": _("1.0 Generic"),
        "licenseGPL": _("General Public License"),
        "licenseV3": _("Version 3"),
        "licenseV2": _("Version 2"),
        "licenseV1": _("Version 1"),
        "licensePD": _("Public domain"),
        "licenseCC010": _("CC0 1.0 Universal (public domain dedication)"),
        "licensePDM": _("Public domain mark"),
        "licenseC": _("All rights reserved"),
    }


def dialogs() -> dict[str, str]:
    """What the core asks and says."""
    return {
        "confirmDialogHeader": _("Confirm"),
        "confirmDialogBody": _("Please confirm that you wish to go on. This cannot be undone."),
        "cancelLabel": _("Cancel"),
        "confirmLabel": _("Confirm"),
        "contentChanged": _("This content has changed since you last used it."),
        "startingOver": _("You will be starting over."),
        "by": _("by"),
        "showMore": _("Show more"),
        "showLess": _("Show less"),
        "subLevel": _("Sublevel"),
        "contentCopied": _("The content is copied to the clipboard."),
    }


def offline() -> dict[str, str]:
    """What the core says when the connection is lost."""
    return {
        "connectionLost": _("The connection is lost. Results will be kept and sent once it is back."),
        "connectionReestablished": _("The connection is back."),
        "resubmitScores": _("Trying to send the results that were kept."),
        "offlineDialogHeader": _("The connection to the server was lost"),
        "offlineDialogBody": _(
            "What you did could not be sent. Please check your connection to the internet."
        ),
        "offlineDialogRetryMessage": _("Trying again in :num …"),
        "offlineDialogRetryButtonLabel": _("Try again now"),
        "offlineSuccessfulSubmit": _("The results were sent."),
    }
